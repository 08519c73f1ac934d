import {
  apiQueryNames,
  AuthSettings,
  DatasourceSettings,
  fillInstance,
  hasPersonalCredentials,
  hasServiceCredential,
  newOrigins,
  isFromSettings,
  kindOf,
  oauth2Settings,
  repeatedApiQueryName,
  secretSettingsOf,
  apiOrigins,
} from 'backstage-plugin-datasource-auth-common';
import { BareSettings } from './secrets';

type Settings = BareSettings | DatasourceSettings;

/** Parameters of the authorize request that change how users are asked, not what is granted. */
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

/** Path parts that servers can read in another way: encoded dots and slashes, and path parameters. */
const AMBIGUOUS = /%2e|%2f|%5c|%25|;/i;

/**
 * Returns whether a change gives access to more plugins, hosts, routes, paths, scopes or accounts. Only this function decides it.
 * A wider reach needs `grant` and voids open requests: `consentFingerprint` covers everything that is compared here.
 */
export function widens(before: Settings | undefined, after: Settings): boolean {
  return (
    (before?.consumers !== '*' &&
      adds(consumersOf(before), consumersOf(after))) ||
    adds(before?.allowedHosts, after.allowedHosts) ||
    adds(routesOf(before), routesOf(after)) ||
    adds(subjectsOf(before), subjectsOf(after)) ||
    (before !== undefined &&
      (requestsWiderAccess(before, after) ||
        newOrigins(apiOrigins(after), apiOrigins(before)).length > 0 ||
        (isServed(after) && leavesBaseUrl(before, after)) ||
        (isServed(after) && changesCalls(before, after))))
  );
}

/** Returns whether a credential obtained under `after` can do more than one obtained under `before`. */
export function requestsWiderAccess(
  before: Settings,
  after: Settings,
): boolean {
  const [old, now] = [before, after].map(parameters);
  // Only the provider knows what a parameter means: removing one can widen the access, too.
  return adds(named(before), named(after)) || adds(old, now) || adds(now, old);
}

/** Returns the requested scopes, resources and audience, one text each. */
function named(settings: Settings): string[] {
  const oauth = oauth2Settings(settings.auth);
  if (!oauth) return [];
  const { scopes, resource, audience } = oauth;
  const fill = filler(settings);
  const texts = (kind: string, values: readonly string[]) =>
    // Without any, the provider chooses, and can choose more.
    (values.length > 0 ? values.map(fill) : ['by default']).map(
      value => `${kind} ${value}`,
    );
  return [
    ...texts('scope', scopes),
    ...texts('resource', resource ?? []),
    ...texts('audience', audience ? [audience] : []),
  ];
}

function furtherEntries(
  then: AuthSettings<'oauth2'>['token']['then'],
): Entry[] {
  return [
    ...queryOf(then?.url),
    ...Object.entries(then?.params ?? {}),
    ...Object.entries(then?.query ?? {}),
    ...Object.entries(then?.headers ?? {}),
    ['authorization', then?.authorization],
    ['body', JSON.stringify(then?.body)],
  ];
}

/** Returns everything else that is sent to a provider, one text each. */
function parameters(settings: Settings): string[] {
  const oauth = oauth2Settings(settings.auth);
  if (!oauth) return [];
  const { authorize, token, refresh, scopeSeparator } = oauth;
  const fill = filler(settings);
  const isPresentation = ([name]: Entry) =>
    PRESENTATION.has(name) && !Object.hasOwn(authorize.rename ?? {}, name);
  const asked = [
    ...queryOf(authorize.url),
    ...Object.entries(authorize.params),
  ].filter(entry => !isPresentation(entry));
  const places: Record<string, Entry[]> = {
    authorize: asked,
    'authorize.rename': Object.entries(authorize.rename ?? {}),
    'token.url': queryOf(token.url),
    'token.params': Object.entries(token.params),
    'token.query': Object.entries(token.query ?? {}),
    'token.headers': Object.entries(token.headers),
    body: [
      ['token', JSON.stringify(token.body)],
      ['refresh', JSON.stringify(refresh?.body)],
    ],
    then: furtherEntries(token.then),
    'refresh.then': furtherEntries(refresh?.then),
    'token.authorization': [['', token.authorization]],
    'token.basic': Object.entries(token.basic ?? {}),
    'token.rename': Object.entries(token.rename ?? {}),
    'refresh.url': queryOf(refresh?.url),
    'refresh.scopes': (refresh?.scopes ?? []).map(scope => ['', scope]),
    'refresh.params': Object.entries(refresh?.params ?? {}),
    grantType: [
      ['token', token.grantType],
      ['refresh', refresh?.grantType],
    ],
    // Compared with the scopes.
    scopeSeparator: [['', scopeSeparator]],
  };
  return Object.entries(places).flatMap(([place, entries]) =>
    entries.map(([name, value]) => {
      const text = typeof value === 'string' ? fill(value) : enteredText(value);
      return `${place} ${name} ${text}`;
    }),
  );
}

type Entry = [name: string, value: unknown];

/** Returns each parameter, even if a name is repeated or the query contains question marks. */
function queryOf(url: string = ''): Entry[] {
  const [, query] = /^[^?]*\??(.*)$/s.exec(url)!;
  return [...new URLSearchParams(`?${query}`)];
}

/** A secret that is entered again can have any value. One that is left out stays the same. */
function enteredText(value: unknown): string {
  const { secret, value: entered } = (value ?? {}) as Record<string, unknown>;
  return JSON.stringify({ secret, entered });
}

function isServed(settings: Settings): boolean {
  return consumersOf(settings).length > 0 || routesOf(settings).length > 0;
}

/** Returns whether API calls have other headers or parameters: only the API knows what these mean. */
function changesCalls(before: Settings, after: Settings): boolean {
  const [old, now] = [before, after].map(settings => {
    const fill = filler(settings);
    const { headers, query } = settings.api ?? {};
    const texts = Object.entries({ headers, query }).flatMap(([map, values]) =>
      Object.entries(values ?? {}).map(([name, value]) => [
        map,
        name,
        typeof value === 'string' ? fill(value) : enteredText(value),
      ]),
    );
    return JSON.stringify([texts.sort(), credentialIn(settings, fill)]);
  });
  return old !== now;
}

/** Returns the kind of credential and, if the settings hold it, everything in it that isn't secret. */
function credentialIn(settings: Settings, fill: (text: string) => string) {
  const { auth } = settings;
  if (!isFromSettings(auth)) return kindOf(auth);
  const plain = (value: unknown): unknown => {
    if (typeof value === 'string') return fill(value);
    if (typeof value !== 'object' || value === null) return value;
    if ('secret' in value) return 'secret';
    return Object.entries(value)
      .map(([name, member]) => [name, plain(member)])
      .sort();
  };
  const secret = secretSettingsOf(auth).map(path => path.split('.'));
  const { expiresAt, rejectedStatuses, ...sent } = structuredClone(
    auth,
  ) as Record<string, any>;
  for (const [, ...keys] of secret) {
    const last = keys.pop()!;
    const parent = keys.reduce((node, key) => node?.[key], sent);
    if (parent) delete parent[last];
  }
  return plain(sent);
}

/** Returns whether the base URL is outside its old path and query. */
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
  const keepsQuery = !changesQuery(from.search.slice(1), to.search.slice(1));
  return !isBelow || !keepsQuery;
}

/** Returns whether a parameter is missing, or a new one could be read as an existing one. */
function changesQuery(old: string, now: string): boolean {
  const added = now.split('&').filter(Boolean);
  for (const pair of old.split('&').filter(Boolean)) {
    const at = added.indexOf(pair);
    if (at < 0) return true;
    added.splice(at, 1);
  }
  const repeated = repeatedApiQueryName(apiQueryNames(old), added.join('&'));
  return repeated !== undefined;
}

/** Fills in instance values, including secret ones, because they change the URL. */
function filler(settings: Settings): (text: string) => string {
  return text => fillInstance(text, settings.instance, { secrets: true });
}

function consumersOf(settings: Settings | undefined): readonly string[] {
  const consumers = settings?.consumers ?? [];
  return consumers === '*' ? ['*'] : consumers;
}

/** Whose accounts plugins can get tokens of. */
function subjectsOf(settings: Settings = {} as Settings): string[] {
  return [
    ...(hasServiceCredential(settings) ? ['service'] : []),
    ...(hasPersonalCredentials(settings) ? ['user'] : []),
  ];
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
