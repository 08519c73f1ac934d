import { SecretSource } from '../datasources/mergeWrite';
import { AuthorizationSecrets } from './AuthorizationSecrets';
import { AuthorizationStore } from './AuthorizationStore';

/** The form of an earlier attempt, for who began it: to nobody else an attempt lends its secrets. */
export async function earlierForm(
  id: string | undefined,
  by: string,
  options: { store: AuthorizationStore; secrets: AuthorizationSecrets },
): Promise<SecretSource | undefined> {
  const attempt = id ? await options.store.find(id) : undefined;
  return attempt?.userRef === by
    ? options.secrets.openForm(attempt)
    : undefined;
}
