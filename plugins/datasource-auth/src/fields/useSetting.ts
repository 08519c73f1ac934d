import { useController, useWatch } from 'react-hook-form';
import { Kind } from 'backstage-plugin-datasource-auth-common';
import { FieldId, FIELDS } from '../kinds';
import { kindHelpMessages, Text, useText } from '../translation';

/** Returns the ID of the element that gets the focus if the setting has an error. */
export function fieldElementId(id: FieldId): string {
  return `datasource-auth-field-${id}`;
}

const KIND_HELP: Partial<Record<Kind, object>> = kindHelpMessages;

/** Returns the help text of a setting. Messages write template braces differently, because braces mark placeholders. */
function helpOf(t: Text, id: FieldId, kind: Kind): string | undefined {
  if (!FIELDS[id].help) return undefined;
  const isOwn = Object.hasOwn(KIND_HELP[kind] ?? {}, id);
  const help: string = t(
    (isOwn ? `kindHelp.${kind}.${id}` : `help.${id}`) as 'help.tokenUrl',
  );
  return help.replace(/\[\[(.*?)\]\]/g, '{{$1}}');
}

/** Returns the value, error, and texts of one setting. */
export function useSetting<T>(id: FieldId) {
  const t = useText();
  const spec = FIELDS[id];
  const { field, fieldState } = useController({ name: spec.path });
  const kind: Kind = useWatch({ name: FIELDS.authType.path });
  return {
    spec,
    elementId: fieldElementId(id),
    label: t(`field.${id}`) as string,
    help: helpOf(t, id, kind),
    fault: fieldState.error?.message,
    value: field.value as T,
    onChange: field.onChange as (value: T) => void,
    onBlur: field.onBlur,
  };
}
