import { useText } from '../translation';
import { useEditorFacts } from './EditorContext';

/** Why a stored secret has to be entered again; undefined where it goes where it was entered for. */
export function useMustReenter(): string | undefined {
  const t = useText();
  const { secretsWereFor } = useEditorFacts();
  return (
    secretsWereFor &&
    t('editor.secret.reenter', {
      hosts: secretsWereFor.join(', ') || t('editor.secret.noServer'),
    })
  );
}
