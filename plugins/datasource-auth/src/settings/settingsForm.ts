import { get, set } from 'react-hook-form';
import {
  BINDING_SETTINGS,
  clientCredentialOf,
  DatasourceSettings,
  DatasourceSettingsInput,
  DatasourceSettingsView,
  GRANTS,
  GrantType,
  GatewayRoute,
  isApprovedByPerson,
  readTestPath,
  REQUEST_SETTINGS,
  requiredSettings,
  SecretInfo,
  templateExpressions,
  TestPath,
  Value,
} from 'backstage-plugin-datasource-auth-common';
import {
  appliesTo,
  DEFAULT_GRANT_TYPE,
  FIELD_LIST,
  FIELDS,
  FieldSpec,
} from '../kinds';

/** A parameter, header or instance value in the form. */
export interface ValueRow {
  key: string;
  value: string;
  secret: boolean;
  /** A secret is stored under this key; an empty `value` keeps it. */
  set?: boolean;
}

/** A secret in the form: what is stored is never here, only what a person typed or decided. */
export interface SecretDraft {
  action: 'keep' | 'replace' | 'remove';
  value: string;
}

/** Who may take tokens: any plugin, or those that are listed. */
export interface ConsumersDraft {
  mode: 'listed' | 'any';
  plugins: string;
}

/** The form: as the settings, with a text, a row list or a draft at each path of the field table. */
export type EditorValues = Record<string, unknown>;

type Decoded =
  | string
  | boolean
  | ValueRow[]
  | SecretDraft
  | ConsumersDraft
  | object
  | null
  | undefined;

const UNTOUCHED_SECRET: SecretDraft = { action: 'keep', value: '' };

function decodeValues(value: unknown): ValueRow[] {
  return Object.entries((value ?? {}) as Record<string, Value>).map(
    ([key, entry]) =>
      typeof entry === 'string'
        ? { key, value: entry, secret: false }
        : { key, value: entry.value ?? '', secret: true, set: entry.set },
  );
}

/** Whether a value is there and empty. */
function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null)
    return Object.keys(value).length === 0;
  return value === '';
}

function decode(field: FieldSpec, value: unknown): Decoded {
  if (field.omittable && isEmpty(value)) return null;
  switch (field.kind) {
    case 'flag':
      return Boolean(value);
    case 'values':
    case 'renames':
      return decodeValues(value);
    case 'secret':
      return UNTOUCHED_SECRET;
    case 'consumers':
      return value === '*'
        ? { mode: 'any', plugins: '' }
        : { mode: 'listed', plugins: ((value as string[]) ?? []).join(' ') };
    case 'routes':
      return ((value ?? []) as GatewayRoute[])
        .map(route => `${route.methods.join(',')} ${pathText(route)}`)
        .join('\n');
    case 'path':
      return pathText(readTestPath(value as TestPath | undefined));
    case 'literal':
      // A text that reads as a number or boolean is quoted, so that it comes back as the text it is.
      if (value === undefined) return '';
      return typeof value === 'string' && encodeLiteral(value) === value
        ? value
        : JSON.stringify(value);
    case 'lines':
      return ((value ?? []) as string[]).join(', ');
    case 'kept':
      return value as object | undefined;
    default:
      if (Array.isArray(value)) return value.join(' ');
      return String(value ?? field.fallback ?? '');
  }
}

/** Behind a path that may have encoded slashes. */
const ENCODED_SLASH = ' encodedSlash';

function pathText(route: { path: string; encodedSlash?: boolean }): string {
  return route.encodedSlash ? `${route.path}${ENCODED_SLASH}` : route.path;
}

function readPathText(text: string): { path: string; encodedSlash?: true } {
  return text.endsWith(ENCODED_SLASH)
    ? {
        path: text.slice(0, -ENCODED_SLASH.length).trim(),
        encodedSlash: true,
      }
    : { path: text };
}

function encodeLiteral(text: string): string | number | boolean {
  try {
    const value = JSON.parse(text);
    return ['string', 'number', 'boolean'].includes(typeof value)
      ? value
      : text;
  } catch {
    return text;
  }
}

function encodeRow(row: ValueRow): Value {
  if (!row.secret) return row.value;
  return row.value
    ? { secret: true, value: row.value }
    : { secret: true, set: row.set };
}

function encodeSecret(draft: SecretDraft): string | null | undefined {
  if (draft.action === 'remove') return null;
  return draft.action === 'replace' && draft.value ? draft.value : undefined;
}

const listOf = (text: string, separator: RegExp) => {
  const parts = text
    .split(separator)
    .map(part => part.trim())
    .filter(Boolean);
  return parts.length ? parts : undefined;
};

/** The value on the wire, or undefined where nothing (or only the default) is said. */
function encode(field: FieldSpec, value: unknown): unknown {
  if (field.omittable && value === null)
    return field.kind === 'values' ? {} : '';
  const text = typeof value === 'string' ? value : '';
  switch (field.kind) {
    case 'flag':
      return value ? true : undefined;
    case 'values':
    case 'renames': {
      const rows = (value as ValueRow[]).filter(row => row.key || row.value);
      return rows.length
        ? Object.fromEntries(rows.map(row => [row.key, encodeRow(row)]))
        : undefined;
    }
    case 'secret':
      return encodeSecret(value as SecretDraft);
    case 'kept':
      return value;
    case 'consumers': {
      const draft = value as ConsumersDraft;
      return draft.mode === 'any' ? '*' : listOf(draft.plugins, /[\s,]+/);
    }
    case 'routes':
      return listOf(text, /\n/)?.map(line => {
        const [methods, ...path] = line.split(/\s+/);
        return { methods: methods.split(','), ...readPathText(path.join(' ')) };
      });
    case 'path': {
      const read = readPathText(text.trim());
      return read.encodedSlash ? read : read.path || undefined;
    }
    case 'literal':
      return text === '' ? undefined : encodeLiteral(text);
    case 'words':
      return text.trim() === field.fallback
        ? undefined
        : listOf(text, /[\s,]+/);
    case 'numbers':
      return text.trim() === field.fallback
        ? undefined
        : (listOf(text, /[\s,]+/) ?? []).map(Number);
    case 'scopes':
    case 'uris':
      return listOf(text, /\s+/);
    case 'lines':
      return listOf(text, /[,\n]/);
    case 'number':
      return text.trim() === '' ? undefined : Number(text);
    default: {
      // The prefix of the header may be nothing, which is not its default.
      const kept = field.id === 'scopeSeparator' ? text : text.trim();
      if (kept === String(field.fallback ?? '')) return undefined;
      return kept === '' && field.id !== 'headerPrefix' ? undefined : kept;
    }
  }
}

/** The form for settings as they are read, or for a new datasource. */
export function formOfSettings(
  settings?: Partial<DatasourceSettingsView>,
): EditorValues {
  const form: EditorValues = {};
  for (const field of FIELD_LIST)
    set(form, field.path, decode(field, get(settings, field.path)));
  if (!get(form, 'auth.grantType'))
    set(form, 'auth.grantType', DEFAULT_GRANT_TYPE);
  return form;
}

const defaultAuthentication = (grantType: GrantType) =>
  GRANTS[grantType].clientAuthentication;

/** Another grant, with its own client authentication where the default of the one before was not changed. */
export function withGrantType(
  form: EditorValues,
  grantType: GrantType,
): Record<string, string> {
  const before: DatasourceSettings['auth'] = get(form, 'auth');
  const keeps =
    before.clientAuthentication !== defaultAuthentication(before.grantType);
  return {
    'auth.grantType': grantType,
    'auth.clientAuthentication': keeps
      ? before.clientAuthentication
      : defaultAuthentication(grantType),
  };
}

/** The settings that a form says, with what is default left out. Not validated. */
export function settingsOfForm(form: EditorValues): DatasourceSettingsInput {
  const settings: EditorValues = { auth: { grantType: DEFAULT_GRANT_TYPE } };
  for (const field of FIELD_LIST) {
    const value = encode(field, get(form, field.path));
    if (value !== undefined) set(settings, field.path, value);
  }
  const auth = settings.auth as EditorValues;
  if (clientCredentialOf(get(form, 'auth')) === 'privateKey' && !auth.clientKey)
    auth.clientKey = {};
  // What is not said has the default of the grant.
  const { clientAuthentication, grantType }: DatasourceSettings['auth'] = get(
    form,
    'auth',
  );
  if (clientAuthentication === defaultAuthentication(grantType))
    delete auth.clientAuthentication;
  else auth.clientAuthentication = clientAuthentication;
  return settings as unknown as DatasourceSettingsInput;
}

/** The settings whose values differ between two forms, in the order of the page. */
export function changedFields(
  before: EditorValues,
  after: EditorValues,
): FieldSpec[] {
  return FIELD_LIST.filter(
    field =>
      JSON.stringify(encode(field, get(before, field.path))) !==
      JSON.stringify(encode(field, get(after, field.path))),
  );
}

/** The settings that decide where secrets and tokens go, as comparable texts. */
export type BindingSnapshot = Record<string, string>;

/** A row without its secret: another secret for the same call does not end a credential. */
function withoutSecrets(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return (value as ValueRow[]).map(row =>
    row.secret ? { ...row, value: '', set: false } : row,
  );
}

/** What a credential obtained under this form belongs to. */
export function bindingOf(form: EditorValues): BindingSnapshot {
  return Object.fromEntries(
    FIELD_LIST.filter(field => BINDING_SETTINGS.includes(field.path)).map(
      field => {
        const value = withoutSecrets(get(form, field.path));
        // Neither an omitted nor an absent value counts in the backend's binding.
        const bound = value === null ? null : encode(field, value);
        return [field.id, JSON.stringify(bound ?? null)];
      },
    ),
  );
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
 * The settings by which a stored credential no longer belongs to a form: its binding, and servers that its token was
 * not meant for.
 */
export function endingChanges(
  before: EditorValues,
  after: EditorValues,
): string[] {
  const known = bindingOf(before);
  const now = bindingOf(after);
  const origins = tokenOriginsOf(before);
  const covered = Object.values(origins).flat();
  // Where nobody has to approve it, another token is requested for the new settings.
  const renews = (path: string) =>
    !isApprovedByPerson(get(after, 'auth.grantType')) &&
    REQUEST_SETTINGS.includes(path);
  return [
    ...FIELD_LIST.filter(
      ({ id, path }) => known[id] !== now[id] && !renews(path),
    ).map(({ id }) => id),
    ...Object.entries(tokenOriginsOf(after))
      .filter(([, list]) => list.some(origin => !covered.includes(origin)))
      .map(([id]) => id),
  ];
}

/** The stored secret of a field, if settings were read that have it. */
export function storedSecret(
  settings: Partial<DatasourceSettingsView> | undefined,
  field: FieldSpec,
): SecretInfo | undefined {
  const info = get(settings, field.path) as SecretInfo | undefined;
  return info?.set ? info : undefined;
}

/** Whether the form has a field: it applies, or something is in it that a person can still take out. */
export function isShown(
  field: FieldSpec,
  form: EditorValues,
  stored?: Partial<DatasourceSettingsView>,
): boolean {
  const auth: DatasourceSettings['auth'] = get(form, 'auth');
  if (appliesTo(field, auth.grantType, clientCredentialOf(auth))) return true;
  if (field.kind !== 'secret' || !appliesTo(field, auth.grantType))
    return false;
  const draft = get(form, field.path) as SecretDraft;
  return draft.value !== '' || storedSecret(stored, field) !== undefined;
}

/** The required settings that are still missing for a credential, in the order of the page. */
export function missingFields(
  form: EditorValues,
  stored?: Partial<DatasourceSettingsView>,
): FieldSpec[] {
  const auth: DatasourceSettings['auth'] = get(form, 'auth');
  const clientId = encode(FIELDS.clientId, get(form, 'auth.clientId'));
  const paths = requiredSettings({ ...auth, clientId: clientId as string });
  const required = FIELD_LIST.filter(
    ({ id, path }) => id === 'name' || paths.some(each => each === path),
  );
  return required.filter(field => {
    const value = encode(field, get(form, field.path));
    if (field.id === 'clientId') return !value;
    if (field.kind !== 'secret') return value === undefined;
    if (value === null) return true;
    return value === undefined && !storedSecret(stored, field);
  });
}

/** Names of instance values that templates ask for and the form does not have. */
export function missingInstanceValues(form: EditorValues): string[] {
  const rows = (get(form, 'instance') ?? []) as ValueRow[];
  const known = rows.filter(row => row.value || row.set).map(row => row.key);
  const asked = templateExpressions(JSON.stringify(settingsOfForm(form)))
    .filter(expression => expression.startsWith('instance.'))
    .map(expression => expression.slice('instance.'.length));
  return [...new Set(asked)].filter(name => !known.includes(name));
}
