import { useText } from '../translation';
import { useEditorFacts } from './EditorContext';

/**
 * Returns why the stored secret at a path must be entered again; undefined if it is sent to the same hosts as before.
 */
export function useMustReenter(): (path: string) => string | undefined {
  const t = useText();
  const { secretsWereFor } = useEditorFacts();
  return path => {
    const hosts = secretsWereFor?.(path);
    return (
      hosts &&
      t('editor.secret.reenter', {
        hosts: hosts.join(', ') || t('editor.secret.noServer'),
      })
    );
  };
}
