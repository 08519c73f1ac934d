import { SecretSource } from '../settings/mergeWrite';
import { AuthorizationSecrets } from './AuthorizationSecrets';
import { AuthorizationStore } from './AuthorizationStore';

/**
 * Returns the form of an earlier attempt, which lends its secrets only for what it was made for: to its own user, for its
 * own datasource (for a new one if it has none). An attempt that answers a request lends nothing: its form belongs to
 * the people who configured the datasource.
 */
export async function draftSecrets(
  id: string | undefined,
  borrower: { by: string; datasourceId?: string },
  options: { store: AuthorizationStore; secrets: AuthorizationSecrets },
): Promise<SecretSource | undefined> {
  const attempt = id ? await options.store.find(id) : undefined;
  const lends =
    attempt?.userRef === borrower.by &&
    attempt.requestId === undefined &&
    attempt.datasourceId === borrower.datasourceId;
  return lends ? options.secrets.openForm(attempt) : undefined;
}
