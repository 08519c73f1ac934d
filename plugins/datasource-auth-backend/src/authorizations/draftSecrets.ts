import { SERVICE } from '../database/CredentialKey';
import { SecretSource } from '../settings/mergeWrite';
import { AuthorizationSecrets } from './AuthorizationSecrets';
import { AuthorizationStore } from './AuthorizationStore';

/**
 * Returns the form of an earlier attempt. Its secrets are only for its own user and its own datasource (for a new one
 * if it has none). The form of an attempt for an authorization request or for a person's own account stays out of reach:
 * it belongs to the managers of the datasource.
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
    attempt.subject === SERVICE &&
    attempt.datasourceId === borrower.datasourceId;
  return lends ? options.secrets.openForm(attempt) : undefined;
}
