import { get } from 'react-hook-form';
import {
  BINDING_SETTINGS,
  hasApiSecret,
  isApprovedByPerson,
  isFromSettings,
  isHeldBySettings,
  PRESENCE_SETTINGS,
  REQUEST_SETTINGS,
} from 'backstage-plugin-datasource-auth-common';
import { FIELD_LIST } from '../kinds';
import { encode, listOf, ValueRow } from './fieldCodec';
import {
  EditorValues,
  grantOrKindOfForm,
  settingsOfForm,
} from './settingsForm';

/** Returns the settings that decide where secrets and tokens are sent, as comparable strings. */
export type BindingSnapshot = Record<string, string>;

/** Omits the secret of a row: a new secret for the same call doesn't invalidate a credential. */
function withoutSecrets(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return (value as ValueRow[]).map(row =>
    row.secret ? { ...row, value: '', set: false } : row,
  );
}

/** Returns where a secret of every API call is sent, and in which part of the call, as the backend binds it. */
function apiBindingOf(form: EditorValues): BindingSnapshot {
  const settings = settingsOfForm(form);
  const { baseUrl, allowedHosts, api, auth } = settings;
  if (!hasApiSecret(settings)) return {};
  const held = isFromSettings(auth) ? auth : {};
  const { headers, query }: { headers?: object; query?: object } = held;
  return Object.fromEntries(
    Object.entries({
      baseUrl: baseUrl ?? '',
      allowedHosts: [...(allowedHosts ?? [])].sort(),
      apiHeaders: Object.keys(api?.headers ?? {})
        .map(name => name.toLowerCase())
        .sort(),
      apiQuery: Object.keys(api?.query ?? {}).sort(),
      staticHeaders: Object.keys(headers ?? {})
        .map(name => name.toLowerCase())
        .sort(),
      staticQuery: Object.keys(query ?? {}).sort(),
    })
      .filter(([, value]) => value.length > 0)
      .map(([id, value]) => [id, JSON.stringify(value)]),
  );
}

/** Returns the binding of a credential obtained with this form. */
export function bindingOf(form: EditorValues): BindingSnapshot {
  const own = Object.fromEntries(
    FIELD_LIST.filter(field => BINDING_SETTINGS.includes(field.path)).map(
      field => {
        const value = withoutSecrets(get(form, field.path));
        if (PRESENCE_SETTINGS.includes(field.path))
          return [field.id, JSON.stringify(value ? true : null)];
        // The backend's binding ignores both empty and absent values.
        const bound = value === null ? null : encode(field, value);
        return [field.id, JSON.stringify(bound ?? null)];
      },
    ),
  );
  return { ...own, ...apiBindingOf(form) };
}

function tokenOriginsOf(form: EditorValues): Record<string, string[]> {
  const baseUrl = get(form, 'baseUrl') as string;
  const hosts = get(form, 'allowedHosts') as string;
  return {
    baseUrl: URL.canParse(baseUrl) ? [new URL(baseUrl).origin] : [],
    allowedHosts: listOf(hosts.toLowerCase(), /[\s,]+/) ?? [],
  };
}

/**
 * Returns the settings that make a stored credential invalid for a form: those of its binding, and servers that its
 * token wasn't meant for.
 */
export function endingChanges(
  before: EditorValues,
  after: EditorValues,
): string[] {
  // Save starts a new one. Its secrets have to be entered again if they would be sent elsewhere.
  if (isHeldBySettings(grantOrKindOfForm(after))) return [];
  const known = bindingOf(before);
  const now = bindingOf(after);
  const origins = tokenOriginsOf(before);
  const covered = Object.values(origins).flat();
  // If nobody has to approve it, another token is requested for the new settings.
  const renews = (path: string) =>
    !isApprovedByPerson(get(after, 'auth.grantType')) &&
    REQUEST_SETTINGS.includes(path);
  // The API's address binds once a secret is sent there, so that secret is the change.
  const isFirstBound = (id: string) =>
    ['baseUrl', 'allowedHosts'].includes(id) && !(id in known && id in now);
  const ended = [
    ...FIELD_LIST.filter(
      ({ id, path }) =>
        known[id] !== now[id] && !renews(path) && !isFirstBound(id),
    ).map(({ id }) => id),
    ...Object.entries(tokenOriginsOf(after))
      .filter(([, list]) => list.some(origin => !covered.includes(origin)))
      .map(([id]) => id),
  ];
  return [...new Set(ended)];
}
