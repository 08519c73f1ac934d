import { useController } from 'react-hook-form';
import { FieldId, FIELDS } from '../kinds';
import { Text, useText } from '../translation';

/** The id of the element that gets the focus when the setting has a fault. */
export function fieldElementId(id: FieldId): string {
  return `datasource-auth-field-${id}`;
}

/** Help of a setting. A message cannot hold a template's braces: they would be filled in. */
function helpOf(t: Text, id: FieldId): string | undefined {
  if (!FIELDS[id].help) return undefined;
  const help: string = t(`help.${id}` as 'help.tokenUrl');
  return help.replace(/\[\[(.*?)\]\]/g, '{{$1}}');
}

/** One setting of the form: its value, its fault, its words. */
export function useSetting<T>(id: FieldId) {
  const t = useText();
  const spec = FIELDS[id];
  const { field, fieldState } = useController({ name: spec.path });
  return {
    spec,
    elementId: fieldElementId(id),
    label: t(`field.${id}`) as string,
    help: helpOf(t, id),
    fault: fieldState.error?.message,
    value: field.value as T,
    onChange: field.onChange as (value: T) => void,
    onBlur: field.onBlur,
  };
}
