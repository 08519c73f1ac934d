import { Text } from '../translation/useText';
import { backendTextOf } from '../translation/useBackendText';
import { errorTextOf } from '../translation/useErrorText';
import { type MyConnection } from './useConnection';

/** Says why the user's connection to a datasource can't be used yet, and what to do. */
export function connectReason(
  t: Text,
  datasource: string,
  { state, connection }: Pick<MyConnection, 'state' | 'connection'>,
): string {
  const title = connection?.title ?? datasource;
  const backendText = backendTextOf(t);
  if (state.kind === 'error') {
    const message = errorTextOf(backendText)(state.error);
    return t('connection.loadFailed', { message });
  }
  if (state.kind === 'refused')
    return backendText(state.refusal.texts, state.refusal.message);
  if (state.kind === 'unavailable')
    return t('connection.unavailable', { name: datasource });
  const shown = connection?.state ?? 'not_connected';
  return shown === 'scope_missing'
    ? t('connection.prompt.scope_missing', {
        title,
        scopes: connection?.missingScopes?.join(', ') ?? '',
      })
    : t(`connection.prompt.${shown}`, { title });
}
