import { FieldId } from '../kinds';
import { Text } from '../translation';
import { editorMessages } from '../translation/editorMessages';

type OptionKey = keyof typeof editorMessages.option;

/** Returns the display name of a setting's option, or the value itself if it has none. A setting can have its own name. */
export function optionName(t: Text, option: string, field?: FieldId): string {
  const own = `${field}_${option}`;
  const shared = option === '' ? 'default' : option;
  const key = own in editorMessages.option ? own : shared;
  return key in editorMessages.option
    ? t(`editor.option.${key as OptionKey}`)
    : key;
}
