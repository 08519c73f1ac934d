import { get } from 'react-hook-form';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { FIELD_LIST, fieldOfPath, hasRows } from '../kinds';
import { ValueRow } from './fieldCodec';
import { EditorValues, settingsOfForm } from './settingsForm';

/** The first error of each setting, by path. */
export type FieldFaults = Record<string, string>;

/** Maps errors at paths such as `auth.scopes.2` to the settings of the form. */
export function faultsOfPaths(faults: Record<string, string>): FieldFaults {
  const result: FieldFaults = {};
  for (const [sent, message] of Object.entries(faults)) {
    // An attempt has the form under this name.
    const path = sent.replace(/^settings\./, '');
    const field = fieldOfPath(path);
    const key = field?.path ?? path;
    // Errors in a row list name the row's key, which the message need not repeat.
    const row = hasRows(field) ? path.slice(key.length + 1) : '';
    const text =
      row && !message.includes(`'${row}'`) ? `${row}: ${message}` : message;
    result[key] ??= text;
  }
  return result;
}

function duplicateKeys(form: EditorValues): FieldFaults {
  const faults: FieldFaults = {};
  for (const field of FIELD_LIST) {
    if (!hasRows(field)) continue;
    const keys = ((get(form, field.path) ?? []) as ValueRow[]).map(
      row => row.key,
    );
    const twice = keys.find((key, index) => keys.indexOf(key) < index);
    if (twice) faults[field.path] = `'${twice}' is there twice`;
  }
  return faults;
}

/** Validates a form with the backend's schema. */
export function validateForm(form: EditorValues): FieldFaults {
  const result = datasourceSettingsSchema.safeParse(settingsOfForm(form));
  const issues = result.success ? [] : result.error.issues;
  const faults: Record<string, string> = {};
  for (const issue of issues)
    faults[issue.path.map(String).join('.')] ??= issue.message;
  return { ...faultsOfPaths(faults), ...duplicateKeys(form) };
}
