import { get, set } from 'react-hook-form';
import {
  BINDING_SETTINGS,
  AuthSettings,
  bindsToCertificate,
  clientAuthenticationsOf,
  ClientCredential,
  clientCredentialOf,
  DatasourceSettingsInput,
  DatasourceSettingsView,
  GrantOrKind,
  grantOrKindOf,
  GRANTS,
  GrantType,
  hasApiSecret,
  instanceName,
  isApprovedByPerson,
  isFromSettings,
  isHeldBySettings,
  KindSettings,
  PRESENCE_SETTINGS,
  REQUEST_SETTINGS,
  requiredSettings,
  SecretInfo,
  secretSettingsOf,
  templateExpressions,
} from 'backstage-plugin-datasource-auth-common';
import {
  appliesTo,
  DEFAULT_GRANT_TYPE,
  FIELD_LIST,
  FIELDS,
  FieldSpec,
  Way,
  wayOf,
  WAYS,
} from '../kinds';
import { decode, encode, listOf, SecretDraft, ValueRow } from './fieldCodec';

/**
 * The form: structured like the settings, with a string, a list of rows, or a draft at each path of the field table.
 */
export type EditorValues = Record<string, unknown>;

/** The path in the form that only the page knows: how the API authenticates, in the words of its documentation. */
export const WAY = 'auth.way';

/** Creates the form for settings as read, or for a new datasource. */
export function formOfSettings(
  settings?: Partial<DatasourceSettingsView>,
): EditorValues {
  const form: EditorValues = {};
  for (const field of FIELD_LIST)
    set(form, field.path, decode(field, get(settings, field.path)));
  if (!get(form, 'auth.grantType'))
    set(form, 'auth.grantType', DEFAULT_GRANT_TYPE);
  set(form, WAY, wayOf(settings?.auth));
  return form;
}

/** The grant or kind that a form says. */
export function grantOrKindOfForm(form: EditorValues): GrantOrKind {
  return grantOrKindOf(get(form, 'auth'));
}

/** Another way to authenticate. What was typed for the one before stays. */
export function withWay(form: EditorValues, way: Way): EditorValues {
  const rows = (get(form, FIELDS.staticHeaders.path) ?? []) as ValueRow[];
  const query = (get(form, FIELDS.staticQuery.path) ?? []) as ValueRow[];
  return {
    [WAY]: way,
    'auth.type': WAYS[way],
    ...(way === 'apiKey' &&
      !rows.length &&
      !query.length && {
        [FIELDS.staticHeaders.path]: [{ key: '', value: '', secret: true }],
      }),
  };
}

const defaultAuthentication = (grantType: GrantType) =>
  GRANTS[grantType].clientAuthentication;

/** Switches the grant, and its client authentication unless the user changed the default of the previous grant. */
export function withGrantType(
  form: EditorValues,
  grantType: GrantType,
): Record<string, string> {
  const before: AuthSettings<'oauth2'> = get(form, 'auth');
  const keeps =
    before.clientAuthentication !== defaultAuthentication(before.grantType);
  return {
    'auth.grantType': grantType,
    'auth.clientAuthentication': keeps
      ? before.clientAuthentication
      : defaultAuthentication(grantType),
  };
}

/** Returns the kinds of credential that the client uses in its requests. */
function credentialsOf(auth: AuthSettings<'oauth2'>): ClientCredential[] {
  return clientAuthenticationsOf(auth).map(clientAuthentication =>
    clientCredentialOf({ ...auth, clientAuthentication }),
  );
}

/** Returns the settings of a form, without defaults. They aren't validated. */
export function settingsOfForm(form: EditorValues): DatasourceSettingsInput {
  const grantOrKind = grantOrKindOfForm(form);
  const isHeld = isHeldBySettings(grantOrKind);
  const settings: EditorValues = {
    auth: isHeld ? {} : { grantType: DEFAULT_GRANT_TYPE },
  };
  for (const field of FIELD_LIST) {
    // Grants keep the settings of each other, kinds don't.
    const isForeign = isHeld
      ? !appliesTo(field, grantOrKind)
      : field.types && !field.types.includes('oauth2');
    if (isForeign) continue;
    const value = encode(field, get(form, field.path));
    if (value !== undefined) set(settings, field.path, value);
  }
  const auth = settings.auth as EditorValues;
  if (isHeld) {
    if (get(form, WAY) === 'basic')
      auth.basic = { username: '', ...(auth.basic as object) };
    return settings as unknown as DatasourceSettingsInput;
  }
  if (
    credentialsOf(get(form, 'auth')).includes('privateKey') &&
    !auth.clientAssertion
  )
    auth.clientAssertion = {};
  // What is not said has the default of the grant.
  const { clientAuthentication, grantType }: AuthSettings<'oauth2'> = get(
    form,
    'auth',
  );
  if (clientAuthentication === defaultAuthentication(grantType))
    delete auth.clientAuthentication;
  else auth.clientAuthentication = clientAuthentication;
  return settings as unknown as DatasourceSettingsInput;
}

/** Returns the settings whose values differ between two forms, in the order of the page. */
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

/** Returns the stored secret of a field, if the settings have it. */
export function storedSecret(
  settings: Partial<DatasourceSettingsView> | undefined,
  field: FieldSpec,
): SecretInfo | undefined {
  const info = get(settings, field.path) as SecretInfo | undefined;
  return info?.set ? info : undefined;
}

/** Returns whether the form shows a field: it applies, or it contains something to remove. */
export function isShown(
  field: FieldSpec,
  form: EditorValues,
  stored?: Partial<DatasourceSettingsView>,
): boolean {
  const grantOrKind = grantOrKindOfForm(form);
  if (isHeldBySettings(grantOrKind))
    return appliesTo(field, grantOrKind) && isShownOfWays(field, form, stored);
  const auth: AuthSettings<'oauth2'> = get(form, 'auth');
  if (isRequired(field, form)) return true;
  const credentials = credentialsOf(auth);
  const isOfMethod =
    !field.methods ||
    clientAuthenticationsOf(auth).some(each => field.methods?.includes(each));
  if (
    isOfMethod &&
    credentials.some(each => appliesTo(field, auth.grantType, each))
  )
    return true;
  if (field.kind !== 'secret' || !appliesTo(field, auth.grantType))
    return false;
  const draft = get(form, field.path) as SecretDraft;
  return draft.value !== '' || storedSecret(stored, field) !== undefined;
}

/** A field of another way is shown while something is in it that would be sent. */
function isShownOfWays(
  field: FieldSpec,
  form: EditorValues,
  stored?: Partial<DatasourceSettingsView>,
): boolean {
  const way: Way = get(form, WAY) ?? wayOf(get(form, 'auth'));
  if (!field.ways || field.ways.includes(way)) return true;
  const value = get(form, field.path) as ValueRow[] | SecretDraft | string;
  if (Array.isArray(value)) return value.some(row => row.key || row.value);
  if (typeof value === 'string') return value !== '';
  const isUsed = secretSettingsOf(staticShape(form)).includes(field.path);
  return (
    value.value !== '' || (isUsed && storedSecret(stored, field) !== undefined)
  );
}

/** What decides which settings a credential of the settings requires. */
function heldShape(form: EditorValues): KindSettings {
  const type = WAYS[get(form, WAY) as Way];
  if (type === 'static') return staticShape(form);
  const audience = encode(
    FIELDS.assertionAudience,
    get(form, FIELDS.assertionAudience.path),
  );
  const shape = {
    type,
    // Required unless it is said that there is none.
    assertion: { audience: audience === '' ? '' : undefined },
  };
  return shape;
}

/** What decides which secrets a static credential has. */
function staticShape(form: EditorValues): KindSettings {
  const names = (path: string) => {
    const rows = ((get(form, path) ?? []) as ValueRow[]).filter(row => row.key);
    return rows.length
      ? Object.fromEntries(rows.map(row => [row.key, true]))
      : undefined;
  };
  const file = encode(FIELDS.bearerFile, get(form, FIELDS.bearerFile.path));
  const shape = {
    type: 'static' as const,
    headers: names('auth.headers'),
    query: names('auth.query'),
    basic: get(form, WAY) === 'basic' ? {} : undefined,
    bearer: file ? { file } : undefined,
  };
  return shape;
}

/** Whether a setting is required for a credential. */
export function isRequired(field: FieldSpec, form: EditorValues): boolean {
  const { clientCertificate, clientCertificateKey, senderConstraint } = FIELDS;
  const isOfCertificate =
    field.id === clientCertificate.id || field.id === clientCertificateKey.id;
  if (
    isOfCertificate &&
    appliesTo(senderConstraint, grantOrKindOfForm(form)) &&
    bindsToCertificate({ senderConstraint: get(form, senderConstraint.path) })
  )
    return true;
  if (field.id === clientCertificateKey.id) {
    // Each is useless without the other.
    if (get(form, clientCertificate.path)) return true;
  }
  if (field.id === clientCertificate.id) {
    const key: SecretDraft | undefined = get(form, clientCertificateKey.path);
    if (key?.value) return true;
  }
  if (isHeldBySettings(grantOrKindOfForm(form))) {
    return (
      requiredSettings(heldShape(form)).some(path => path === field.path) &&
      isShownOfWays(field, form)
    );
  }
  const auth: AuthSettings<'oauth2'> = get(form, 'auth');
  const clientId = encode(FIELDS.clientId, auth.clientId) as string;
  const paths: string[] = requiredSettings({
    ...auth,
    clientId,
  } as AuthSettings<'oauth2'>);
  return paths.includes(field.path);
}

/** Returns the required settings that are missing for a credential, in the order of the page. */
export function missingFields(
  form: EditorValues,
  stored?: Partial<DatasourceSettingsView>,
): FieldSpec[] {
  const required = FIELD_LIST.filter(
    field => field.id === 'name' || isRequired(field, form),
  );
  const isWithoutKey =
    get(form, WAY) === 'apiKey' &&
    isRequiredAtAll(form) &&
    !storedSecret(stored, FIELDS.bearer);
  if (isWithoutKey) required.push(FIELDS.staticHeaders);
  return required.filter(field => {
    const value = encode(field, get(form, field.path));
    if (field.id === 'clientId') return !value;
    if (field.kind !== 'secret') return value === undefined;
    if (value === null) return true;
    return value === undefined && !storedSecret(stored, field);
  });
}

/** Whether a static credential has nothing yet, so that it is not said what it will be. */
function isRequiredAtAll(form: EditorValues): boolean {
  return requiredSettings(staticShape(form)).some(
    path => path === FIELDS.bearer.path,
  );
}

/** Paths of the secrets that go to the API or into an assertion, and that the form does not have. */
export function missingSecretValues(form: EditorValues): string[] {
  const grantOrKind = grantOrKindOfForm(form);
  const fields = [
    FIELDS.staticHeaders,
    FIELDS.staticQuery,
    FIELDS.apiHeaders,
    FIELDS.apiQuery,
  ].filter(field => appliesTo(field, grantOrKind));
  const claims = [FIELDS.assertionClaims, FIELDS.keyClaims].filter(field =>
    isShown(field, form),
  );
  return [...fields, ...claims].flatMap(({ path }) =>
    ((get(form, path) ?? []) as ValueRow[])
      .filter(row => row.secret && !row.value && !row.set)
      .map(row => `${path}.${row.key}`),
  );
}

/** Returns the names of instance values that templates use but the form doesn't have. */
export function missingInstanceValues(form: EditorValues): string[] {
  const rows = (get(form, 'instance') ?? []) as ValueRow[];
  const known = rows.filter(row => row.value || row.set).map(row => row.key);
  const asked = templateExpressions(JSON.stringify(settingsOfForm(form)))
    .map(expression => instanceName(expression))
    .filter(name => name !== undefined);
  return [...new Set(asked)].filter(name => !known.includes(name));
}
