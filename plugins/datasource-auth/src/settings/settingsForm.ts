import { get, set } from 'react-hook-form';
import {
  AuthSettings,
  clientAuthenticationsOf,
  ClientCredential,
  clientCredentialOf,
  DatasourceSettingsInput,
  DatasourceSettingsView,
  GrantOrKind,
  grantOrKindOf,
  GRANTS,
  GrantType,
  isHeldBySettings,
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
import { decode, encode, ValueRow } from './fieldCodec';

/**
 * The form: structured like the settings, with a string, a list of rows, or a draft at each path of the field table.
 */
export type EditorValues = Record<string, unknown>;

/** The path in the form that only the page knows: how the API authenticates, in the words of its documentation. */
export const WAY = 'auth.way';

const defaultAuthentication = (grantType: GrantType) =>
  GRANTS[grantType].clientAuthentication;

/** Creates the form for settings as read, or for a new datasource. */
export function formOfSettings(
  settings?: Partial<DatasourceSettingsView>,
): EditorValues {
  const form: EditorValues = {};
  for (const field of FIELD_LIST)
    set(form, field.path, decode(field, get(settings, field.path)));
  if (!get(form, 'auth.grantType'))
    set(form, 'auth.grantType', DEFAULT_GRANT_TYPE);
  // Presets leave out what is the default of their grant.
  if (!get(settings, FIELDS.clientAuthentication.path))
    set(
      form,
      FIELDS.clientAuthentication.path,
      defaultAuthentication(get(form, FIELDS.grantType.path)),
    );
  set(form, WAY, wayOf(settings?.auth, settings));
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
export function credentialsOf(
  auth: AuthSettings<'oauth2'>,
): ClientCredential[] {
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
