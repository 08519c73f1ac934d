import { useWatch } from 'react-hook-form';
import { foreignSecrets } from '../settings/foreignSecrets';
import { EditorValues } from '../settings/settingsForm';
import { useText } from '../translation';
import { useEditorFacts } from './EditorContext';

/**
 * Returns why the stored secret at a path must be entered again; undefined if it is sent to the same hosts as before.
 */
export function useMustReenter(): (path: string) => string | undefined {
  const t = useText();
  const { stored } = useEditorFacts();
  const values = useWatch() as EditorValues;
  return path => {
    const hosts = foreignSecrets(stored, values, path);
    return (
      hosts &&
      t('editor.secret.reenter', {
        hosts: hosts.join(', ') || t('editor.secret.noServer'),
      })
    );
  };
}
