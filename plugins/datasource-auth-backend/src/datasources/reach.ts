import {
  DatasourceSettings,
  newOrigins,
  replaceTemplates,
  useOrigins,
} from 'backstage-plugin-datasource-auth-common';
import { BareSettings } from './secrets';

type Settings = BareSettings | DatasourceSettings;

/** Parameters that change how people are asked, not what is granted. */
const PRESENTATION = new Set([
  'access_type',
  'approval_prompt',
  'display',
  'login_hint',
  'max_age',
  'prompt',
  'response_mode',
  'ui_locales',
]);

/** How a server can read a path differently from how it is written: encoded dots and slashes, and path parameters. */
const AMBIGUOUS = /%2e|%2f|%5c|%25|;/i;

/**
 * Whether a change gives more plugins, hosts, routes, paths or scopes access than before. The one place that decides
 * it: a widening needs `grant` and voids open requests (`termsOf` covers everything that is compared here).
 */
export function widens(before: Settings | undefined, after: Settings): boolean {
  return (
    (before?.consumers !== '*' &&
      adds(consumersOf(before), consumersOf(after))) ||
    adds(before?.allowedHosts, after.allowedHosts) ||
    adds(routesOf(before), routesOf(after)) ||
    (before !== undefined &&
      (asksForMore(before, after) ||
        newOrigins(useOrigins(after), useOrigins(before)).length > 0 ||
        (isServed(after) && leavesBaseUrl(before, after))))
  );
}

/** Whether a credential obtained under the settings `after` can do more than one obtained under `before`. */
export function asksForMore(before: Settings, after: Settings): boolean {
  return adds(requested(before), requested(after));
}

/** Everything that a provider is asked for, one text each. */
function requested(settings: Settings): string[] {
  const { scopes, resource, audience, authorize, token, refresh } =
    settings.auth;
  const fill = filler(settings);
  const named = (kind: string, values: readonly string[]) =>
    // Without any, the provider chooses, and can choose more.
    (values.length > 0 ? values.map(fill) : ['by default']).map(
      value => `${kind} ${value}`,
    );
  return [
    ...named('scope', scopes),
    ...named('resource', resource ?? []),
    ...named('audience', audience ? [audience] : []),
    ...entries('authorize.url', queryOf(authorize.url), fill),
    ...entries('token.url', queryOf(token.url), fill),
    ...entries('refresh.url', queryOf(refresh?.url), fill),
    ...entries('authorize.params', authorize.params, fill),
    ...entries('authorize.rename', authorize.rename, fill),
    ...entries('token.params', token.params, fill),
    ...entries('token.query', token.query, fill),
    ...entries('token.rename', token.rename, fill),
    ...entries('refresh.params', refresh?.params, fill),
  ];
}

function entries(
  place: string,
  map: Record<string, unknown> | undefined,
  fill: (text: string) => string,
): string[] {
  return Object.entries(map ?? {})
    .filter(([name]) => !PRESENTATION.has(name))
    .map(([name, value]) => {
      const text = typeof value === 'string' ? fill(value) : canonical(value);
      return `${place} ${name} ${text}`;
    });
}

function queryOf(url: string | undefined): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(url?.split('?')[1]));
}

/** A secret that is entered anew can be any value; one that is left out stays as it is. */
function canonical(value: unknown): string {
  const { secret, value: entered } = (value ?? {}) as Record<string, unknown>;
  return JSON.stringify({ secret, entered });
}

function isServed(settings: Settings): boolean {
  return consumersOf(settings).length > 0 || routesOf(settings).length > 0;
}

/** Whether the base URL is no longer at or below the path and query that it had. */
function leavesBaseUrl(before: Settings, after: Settings): boolean {
  if (!after.baseUrl) return false;
  const [old, now] = [before, after].map(settings =>
    filler(settings)(settings.baseUrl ?? ''),
  );
  if (old === now) return false;
  if (!URL.canParse(old) || !URL.canParse(now)) return true;
  const [from, to] = [new URL(old), new URL(now)];
  const [path, deeper] = [from, to].map(url =>
    url.pathname.replace(/\/+$/, ''),
  );
  const rest = deeper.slice(path.length);
  const isBelow =
    deeper === path || (deeper.startsWith(`${path}/`) && !AMBIGUOUS.test(rest));
  const keepsQuery = [...from.searchParams.keys()].every(
    name =>
      JSON.stringify(to.searchParams.getAll(name)) ===
      JSON.stringify(from.searchParams.getAll(name)),
  );
  return !isBelow || !keepsQuery;
}

/** Fills instance values in, those that are entered as secrets included: another value is another address. */
function filler(settings: Settings): (text: string) => string {
  return text =>
    replaceTemplates(text, expression => {
      const value = settings.instance?.[expression.replace(/^instance\./, '')];
      const plain = typeof value === 'string' ? value : value?.value;
      return plain ?? `{{${expression}}}`;
    });
}

function consumersOf(settings: Settings | undefined): readonly string[] {
  const consumers = settings?.consumers ?? [];
  return consumers === '*' ? ['*'] : consumers;
}

function routesOf(settings: Settings | undefined): string[] {
  return (settings?.gateway?.routes ?? []).map(route => JSON.stringify(route));
}

function adds(
  old: readonly string[] = [],
  now: readonly string[] = [],
): boolean {
  return now.some(value => !old.includes(value));
}
