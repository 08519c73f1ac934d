import {
  Datasource,
  SecretInfo,
} from 'backstage-plugin-datasource-auth-common';
import { get } from 'react-hook-form';
import { FIELD_LIST, FieldSpec } from '../kinds';
import { isShown, storedSecret } from '../settings/requiredFields';
import { changedFields, formOfSettings } from '../settings/settingsForm';

/** One setting of a saved datasource. */
export interface ConfigurationRow {
  field: FieldSpec;
  /** The value as the form holds it. */
  value: unknown;
  /** For a stored secret: since when and by whom. */
  secret?: SecretInfo;
  /** Source of the value. */
  origin: 'page' | 'config' | 'default';
}

/** Returns the settings that apply to a datasource's grant and client, in the order of the page. */
export function configurationRows(datasource: Datasource): ConfigurationRow[] {
  const form = formOfSettings(datasource);
  const said = new Set(
    changedFields(formOfSettings(), form).map(field => field.id),
  );
  const origin = datasource.source === 'config' ? 'config' : 'page';
  return FIELD_LIST.filter(field => isShown(field, form, datasource)).map(
    field => {
      const secret =
        field.kind === 'secret' ? storedSecret(datasource, field) : undefined;
      const chosen = said.has(field.id) || secret || field.id === 'grantType';
      return {
        field,
        value: get(form, field.path),
        secret,
        origin: chosen ? origin : 'default',
      };
    },
  );
}
