import { get } from 'react-hook-form';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { FIELD_LIST, fieldOfPath, hasRows } from '../kinds';
import { ValueRow } from './fieldCodec';
import { EditorValues, settingsOfForm } from './settingsForm';

/** Faults by the path of their setting: the first one of each. */
export type FieldFaults = Record<string, string>;

/** Brings faults of paths such as `auth.scopes.2` to the settings that the form has. */
export function faultsOfPaths(faults: Record<string, string>): FieldFaults {
  const result: FieldFaults = {};
  for (const [sent, message] of Object.entries(faults)) {
    // An attempt carries the form under this name.
    const path = sent.replace(/^settings\./, '');
    const field = fieldOfPath(path);
    const key = field?.path ?? path;
    // What lies below a row list is known by its key, which the message need not repeat.
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

/** Judges a form by the schema that the backend uses. */
export function validateForm(form: EditorValues): FieldFaults {
  const result = datasourceSettingsSchema.safeParse(settingsOfForm(form));
  const issues = result.success ? [] : result.error.issues;
  const faults: Record<string, string> = {};
  for (const issue of issues)
    faults[issue.path.map(String).join('.')] ??= issue.message;
  return { ...faultsOfPaths(faults), ...duplicateKeys(form) };
}
