import { get } from 'react-hook-form';
import {
  AuthSettings,
  bindsToCertificate,
  clientAuthenticationsOf,
  DatasourceSettingsView,
  hasServiceCredential,
  instanceName,
  isHeldBySettings,
  KindSettings,
  requiredSettings,
  SecretInfo,
  secretSettingsOf,
  requiresClientCertificate,
  templateExpressions,
  valueMapsInUse,
} from 'backstage-plugin-datasource-auth-common';
import {
  appliesTo,
  FIELD_LIST,
  FIELDS,
  FieldSpec,
  Way,
  wayOf,
  WAYS,
} from '../kinds';
import { encode, SecretDraft, ValueRow } from './fieldCodec';
import {
  credentialsOf,
  EditorValues,
  grantOrKindOfForm,
  settingsOfForm,
  WAY,
} from './settingsForm';

/** Returns the stored secret of a field, if the settings have it. */
export function storedSecret(
  settings: Partial<DatasourceSettingsView> | undefined,
  field: FieldSpec,
): SecretInfo | undefined {
  const info = get(settings, field.path) as SecretInfo | undefined;
  return info?.set ? info : undefined;
}

/** The secrets that their issuer ends on a date. */
const EXPIRING = [
  FIELDS.clientSecret,
  FIELDS.privateKey,
  FIELDS.assertionKey,
  FIELDS.clientCertificateKey,
];

/** Returns whether the form needs a secret, key or certificate that can expire. */
function canExpire(form: EditorValues): boolean {
  if (isHeldBySettings(grantOrKindOfForm(form))) {
    const { path } = FIELDS.bearerFile;
    return get(form, WAY) !== 'bearer' || !get(form, path);
  }
  return (
    credentialsOf(get(form, 'auth')).includes('certificate') ||
    EXPIRING.some(field => isRequired(field, form))
  );
}

/** Returns whether the form shows a field: it applies, or it contains something to remove. */
export function isShown(
  field: FieldSpec,
  form: EditorValues,
  stored?: Partial<DatasourceSettingsView>,
): boolean {
  if (field.expiry && !get(form, field.path) && !canExpire(form)) return false;
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

/** Whether the form leaves the secrets of a credential out, because each person enters their own. */
function isEnteredByEachPerson(form: EditorValues): boolean {
  return (
    WAYS[get(form, WAY) as Way] === 'static' &&
    !hasServiceCredential({ subjects: get(form, FIELDS.subjects.path) })
  );
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
    if (requiresClientCertificate(form)) return true;
  }
  if (field.id === clientCertificate.id) {
    const key: SecretDraft | undefined = get(form, clientCertificateKey.path);
    if (key?.value || requiresClientCertificate(form)) return true;
  }
  if (field.kind === 'secret' && isEnteredByEachPerson(form)) return false;
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

/** Returns the paths of the secret values that are sent or signed, and that the form does not have. */
export function missingSecretValues(form: EditorValues): string[] {
  const maps = valueMapsInUse(get(form, 'auth')).filter(
    map => !map.startsWith('auth.') || !isEnteredByEachPerson(form),
  );
  return FIELD_LIST.filter(({ path }) => maps.includes(path)).flatMap(
    ({ path }) =>
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
