import { Text } from '../translation';
import { fieldOfPath } from '../kinds';

const INSTANCE = 'instance.';

/** Returns the translated label of the setting at a path, or the path if there is no field for it. */
export function settingLabel(t: Text, path: string): string {
  if (path.startsWith(INSTANCE))
    return t('editor.missingInstance', {
      instance: path.slice(INSTANCE.length),
    });
  const field = fieldOfPath(path);
  return field ? t(`field.${field.id}`) : path;
}
