import { get, set } from 'react-hook-form';
import { FieldId, FIELDS } from '../kinds';
import { SecretDraft, ValueRow } from '../settings/fieldCodec';
import { EditorValues } from '../settings/settingsForm';

/** Settings that don't depend on the way. */
const SHARED: readonly FieldId[] = [
  ...(['title', 'name', 'consumers', 'owner'] as const),
  ...(['clientId', 'clientSecret'] as const),
];

/** Returns the form of another way with what was entered for the current one. */
export function valuesOfWay(
  next: EditorValues,
  current: EditorValues,
): EditorValues {
  const values: EditorValues = structuredClone(next);
  for (const id of SHARED) {
    const { path } = FIELDS[id];
    const entered = get(current, path) as string | SecretDraft | undefined;
    if (entered) set(values, path, entered);
  }
  const { path } = FIELDS.instance;
  const before = (get(current, path) ?? []) as ValueRow[];
  set(
    values,
    path,
    ((get(values, path) ?? []) as ValueRow[]).map(row => {
      const entered = before.find(({ key }) => key === row.key);
      return entered?.value ? entered : row;
    }),
  );
  return values;
}
