import { get } from 'react-hook-form';
import {
  DatasourceAuthError,
  message,
  renderMessages,
} from 'backstage-plugin-datasource-auth-common';
import {
  datasourceSettingsSchema,
  faultsOf,
} from 'backstage-plugin-datasource-auth-common/schemas';
import { BackendText } from 'backstage-plugin-datasource-auth-react';
import { FIELD_LIST, fieldOfPath, hasRows } from '../kinds';
import { ValueRow } from './fieldCodec';
import { EditorValues, settingsOfForm } from './settingsForm';

/** The first error of each setting, by path. */
export type FieldFaults = Record<string, string>;

/** Errors of single fields in English, and as texts unless an older backend sent them. */
export type SentFaults = Required<Pick<DatasourceAuthError, 'fields'>> &
  Pick<DatasourceAuthError, 'fieldTexts'>;

/** Maps errors at paths such as `auth.scopes.2` to the settings of the form. */
export function faultsOfPaths(
  { fields, fieldTexts }: SentFaults,
  text: BackendText,
): FieldFaults {
  const result: FieldFaults = {};
  for (const [sent, english] of Object.entries(fields)) {
    // An attempt has the form under this name.
    const path = sent.replace(/^settings\./, '');
    const field = fieldOfPath(path);
    const key = field?.path ?? path;
    // Errors in a row list name the row's key, which the message need not repeat.
    const row = hasRows(field) ? path.slice(key.length + 1) : '';
    const shown = text(fieldTexts?.[sent], english);
    result[key] ??=
      row && !english.includes(`'${row}'`) ? `${row}: ${shown}` : shown;
  }
  return result;
}

function duplicateKeys(form: EditorValues, text: BackendText): FieldFaults {
  const faults: FieldFaults = {};
  for (const field of FIELD_LIST) {
    if (!hasRows(field)) continue;
    const keys = ((get(form, field.path) ?? []) as ValueRow[]).map(
      row => row.key,
    );
    const twice = keys.find((key, index) => keys.indexOf(key) < index);
    if (twice === undefined) continue;
    const texts = [message('fault.keyRepeated', { name: twice })];
    faults[field.path] = text(texts, renderMessages(texts));
  }
  return faults;
}

/** Validates a form with the backend's schema. */
export function validateForm(
  form: EditorValues,
  text: BackendText,
): FieldFaults {
  const settings = settingsOfForm(form);
  const { error } = datasourceSettingsSchema.safeParse(settings);
  const faults = Object.entries(error ? faultsOf(error, settings) : {});
  return {
    ...faultsOfPaths(
      {
        fields: Object.fromEntries(
          faults.map(([path, fault]) => [path, renderMessages([fault])]),
        ),
        fieldTexts: Object.fromEntries(
          faults.map(([path, fault]) => [path, [fault]]),
        ),
      },
      text,
    ),
    ...duplicateKeys(form, text),
  };
}
