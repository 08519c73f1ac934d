import { LoggerService } from '@backstage/backend-plugin-api';
import { ActivityStore } from '../activity/ActivityStore';
import { Datasources } from '../datasources/Datasources';
import { ProviderClient } from '../oauth/ProviderClient';
import { BearerFiles } from '../files/BearerFiles';
import { ChangeFeed } from './ChangeFeed';
import { CredentialChangePublisher } from './CredentialChangePublisher';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialLookup } from './CredentialLookup';
import { CredentialMemory } from './CredentialMemory';
import { CredentialReader } from './CredentialReader';
import { CredentialRenewal } from './CredentialRenewal';
import { CredentialStore } from './CredentialStore';
import { EndedCredentials } from './EndedCredentials';
import { BrokerMoment } from './Exchange';
import { IssuedTokenRecorder } from './IssuedTokenRecorder';
import { leaseTimes } from './LeaseTimes';
import { LostCommits } from './LostCommits';
import { PendingWork } from './PendingWork';
import { ProviderCircuit } from './ProviderCircuit';
import { recordFailure } from './recordFailure';
import { recordRefusal } from './recordRefusal';
import { RejectionReports } from './RejectionReports';
import { Rejections } from './Rejections';
import { RememberedTokens } from './RememberedTokens';
import { RenewalAttempt } from './RenewalAttempt';
import { RenewalPolicy } from './RenewalPolicy';
import { RetryAfterChange } from './RetryAfterChange';
import { SealedTokens } from './SealedTokens';
import { CallTestPath, SecretRejections } from './SecretRejections';
import { SettingsCredentials } from './SettingsCredentials';
import { SharedRenewals } from './SharedRenewals';
import { SignedTokens } from './SignedTokens';
import { SpareTokens } from './SpareTokens';
import { TokenBroker } from './TokenBroker';
import { TokenErrors } from './TokenErrors';
import { TokenExchange } from './TokenExchange';
import { TokenRequest } from './TokenRequest';
import { ServerClocks } from '../signing/ServerClocks';
import { Signers } from '../signing/Signers';
import { UnattendedRenewals } from './UnattendedRenewals';
import { WriteRetry } from './WriteRetry';

/** Creates a broker and its parts. */
export function createTokenBroker(deps: {
  datasources: Datasources;
  store: CredentialStore;
  memory: CredentialMemory;
  feed: ChangeFeed;
  activity: ActivityStore;
  tokens: SealedTokens;
  ended: EndedCredentials;
  client: ProviderClient;
  logger: LoggerService;
  pageUrl: string;
  isQuarantined: () => boolean;
  /** Called after a credential's row changed. */
  onChanged: (key: CredentialKey) => Promise<void>;
  /** Called after the provider refused a person's own credential. */
  onPersonalRefused?: (key: CredentialKey) => Promise<void>;
  files: BearerFiles;
  signers?: Signers;
  /** Backstage's own call of an API, to check a rejected secret. */
  callTestPath: CallTestPath;
  /** Shared with the calls that read the clocks of APIs. */
  clocks?: ServerClocks;
  /** Only for fault tests. */
  hold?: (moment: BrokerMoment) => Promise<void>;
  /** How long the store's leases run; only tests shorten it. */
  leaseMilliseconds?: number;
}): TokenBroker {
  const { store, feed } = deps;
  const hold = deps.hold ?? (async () => {});
  const times = leaseTimes(deps.leaseMilliseconds);
  const pending = new PendingWork();
  const remembered = new RememberedTokens();
  const circuit = new ProviderCircuit();
  const rejections = new Rejections();
  const errors = new TokenErrors(deps);
  const reader = new CredentialReader({ ...deps, errors });
  const lookup = new CredentialLookup({ ...deps, errors });
  const spares = new SpareTokens({ ...deps, reader });
  const writes = new WriteRetry({ ...deps, pending });
  const news = new CredentialChangePublisher({ ...deps, pending });
  const lostCommits = new LostCommits({ ...deps, remembered, news });
  const retryAfterChange = new RetryAfterChange({ ...deps, news });

  const recording = { ...deps, retryAfterChange, writes, news, errors };
  const exchange = new TokenExchange({
    request: new TokenRequest({ ...deps, times, hold }),
    issuedTokens: new IssuedTokenRecorder({ ...recording, remembered, hold }),
    recordRefusal: recordRefusal({ ...recording, spares }),
    recordFailure: recordFailure({ ...recording, circuit }),
    leases: store.leases,
    ...{ circuit, writes, hold },
  });
  const attempt = new RenewalAttempt({
    ...{ store, reader, spares, circuit, exchange, hold },
    policy: new RenewalPolicy({ errors, rejections, circuit, pending }),
  });
  const renewals = new SharedRenewals({
    renewal: new CredentialRenewal({
      ...{ lookup, lostCommits, reader, attempt, feed, errors, times },
    }),
    reader,
    pending,
  });
  feed.subscribe(({ datasourceId, subject }) => {
    const keys = subject
      ? [new CredentialKey({ datasourceId, subject })]
      : remembered.keysOf(datasourceId);
    for (const key of keys) {
      if (!renewals.isRunning(key)) lostCommits.recheck(key);
    }
  });
  const { clocks = new ServerClocks() } = deps;
  const signed = new SignedTokens({ ...deps, errors, clocks });
  feed.subscribe(change => signed.drop(change));
  const fromSettings = new SettingsCredentials({
    ...{ ...deps, reader, errors, news, signed },
    rejections: new SecretRejections({ ...deps, news, pending }),
  });
  return new TokenBroker({
    ...{ lookup, reader, remembered, renewals, errors, fromSettings },
    unattended: new UnattendedRenewals({
      ...{ ...deps, lookup, renewals, retryAfterChange, pending, fromSettings },
    }),
    rejections: new RejectionReports({ rejections, store, news }),
  });
}
