import { Datasources } from '../datasources/Datasources';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { CredentialChangePublisher } from './CredentialChangePublisher';
import { CredentialStore } from './CredentialStore';
import { Exchange } from './Exchange';
import { RetryAfterChange } from './RetryAfterChange';
import { TokenErrors } from './TokenErrors';
import { WriteRetry } from './WriteRetry';

/** What recording a failed exchange needs, whether or not it ends the credential. */
export interface Recording {
  datasources: Datasources;
  store: CredentialStore;
  retryAfterChange: RetryAfterChange;
  writes: WriteRetry;
  news: CredentialChangePublisher;
  errors: TokenErrors;
}

/** Records how an exchange failed, and throws what its callers are told. */
export type OutcomeRecorder = (
  exchange: Exchange,
  error: OAuthExchangeError,
) => Promise<undefined>;
