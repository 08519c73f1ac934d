import { Datasources } from '../datasources/Datasources';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { CredentialChangePublisher } from './CredentialChangePublisher';
import { CredentialStore } from './CredentialStore';
import { Exchange } from './Exchange';
import { RetryAfterChange } from './RetryAfterChange';
import { TokenErrors } from './TokenErrors';
import { WriteRetry } from './WriteRetry';

/** The data for recording a failed exchange, whether or not it ends the credential. */
export interface Recording {
  datasources: Datasources;
  store: CredentialStore;
  retryAfterChange: RetryAfterChange;
  writes: WriteRetry;
  news: CredentialChangePublisher;
  errors: TokenErrors;
}

/** Records how an exchange failed, and throws the error for its callers. */
export type OutcomeRecorder = (
  exchange: Exchange,
  error: OAuthExchangeError,
) => Promise<undefined>;
