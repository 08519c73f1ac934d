import { Text } from '../translation';
import { editorMessages } from '../translation/editorMessages';

type OptionKey = keyof typeof editorMessages.option;

/** What people call a value that a setting can have; the value itself where it has no other name. */
export function optionName(t: Text, option: string): string {
  const key = option === '' ? 'default' : option;
  return key in editorMessages.option
    ? t(`editor.option.${key as OptionKey}`)
    : key;
}
