import { ApiHolder } from '@backstage/core-plugin-api';
import { translationApiRef } from '@backstage/core-plugin-api/alpha';
import { datasourceAuthApiRef } from '../client';
import { connectReason } from '../connections/connectReason';
import { connectionStateOf } from '../connections/useConnection';
import { datasourceAuthReactTranslationRef } from '../translation/datasourceAuthReactTranslationRef';
import { Text } from '../translation/useText';

/** Makes a field invalid until the user's connection to its datasource can be used. */
export async function requireConnection(
  datasource: string,
  field: { addError: (message: string) => void },
  { apiHolder }: { apiHolder: ApiHolder },
): Promise<void> {
  const api = apiHolder.get(datasourceAuthApiRef)!;
  const loaded = await api.listConnections().then(
    value => ({ value }),
    error => ({ error }),
  );
  const mine = connectionStateOf(datasource, loaded);
  if (mine.state.kind === 'connected') return;
  const texts = apiHolder
    .get(translationApiRef)!
    .getTranslation(datasourceAuthReactTranslationRef);
  if (!texts.ready) throw new Error('The texts are still loading. Try again.');
  // The same function, with a type that the compiler checks faster.
  const t = texts.t as unknown as Text;
  field.addError(connectReason(t, datasource, mine));
}
