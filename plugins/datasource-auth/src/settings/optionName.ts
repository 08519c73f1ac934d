import { Text } from '../translation';
import { editorMessages } from '../translation/editorMessages';

type OptionKey = keyof typeof editorMessages.option;

/** Returns the display name of a setting's option, or the value itself if it has none. */
export function optionName(t: Text, option: string): string {
  const key = option === '' ? 'default' : option;
  return key in editorMessages.option
    ? t(`editor.option.${key as OptionKey}`)
    : key;
}
