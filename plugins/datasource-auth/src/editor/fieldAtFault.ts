import { get } from 'react-hook-form';
import { isHeldBySettings } from 'backstage-plugin-datasource-auth-common';
import { SETTINGS_AT_FAULT } from '../authorization/repairOf';
import {
  FIELD_LIST,
  fieldOfPath,
  FIELDS,
  FieldSpec,
  hasSecretRows,
} from '../kinds';
import { ValueRow } from '../settings/fieldCodec';
import { isRequired, isShown } from '../settings/requiredFields';
import { EditorValues, grantOrKindOfForm } from '../settings/settingsForm';
import { EditorStart } from './editorStart';
import { startValues } from './useEditorForm';

function holdsSecret(field: FieldSpec, values: EditorValues): boolean {
  if (!hasSecretRows(field)) return field.kind === 'secret';
  const rows: ValueRow[] | null = get(values, field.path);
  return rows?.some(({ secret }) => secret) ?? false;
}

/** Returns the setting to correct first, according to the status of a saved datasource. */
export function fieldAtFault(start: EditorStart): FieldSpec | undefined {
  const { datasource } = start;
  if (!datasource) return undefined;
  const { missing = [], lastError } = datasource.status;
  const values = startValues(start);
  const shown = (fields: Array<FieldSpec | undefined>) =>
    fields.filter(field => field && isShown(field, values, datasource));
  if (missing.length) return shown(missing.map(fieldOfPath))[0];
  const suspects = shown(
    isHeldBySettings(grantOrKindOfForm(values))
      ? FIELD_LIST.filter(field => holdsSecret(field, values))
      : SETTINGS_AT_FAULT[lastError?.code ?? '']?.map(id => FIELDS[id]) ?? [],
  );
  return (
    suspects.find(field => field && isRequired(field, values)) ?? suspects[0]
  );
}
