import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { ActivityStore } from '../activity/ActivityStore';
import { CredentialKey } from '../database/CredentialKey';
import { DatasourceRecord } from '../datasources/DatasourceRecord';
import { Datasources } from '../datasources/Datasources';
import { BearerFiles } from '../files/BearerFiles';
import { ProviderClient } from '../oauth/ProviderClient';
import { ChangeFeed } from './ChangeFeed';
import { CredentialMemory } from './CredentialMemory';
import { CredentialStore } from './CredentialStore';
import { createTokenBroker } from './createTokenBroker';
import { DatasourceStatuses } from './DatasourceStatuses';
import { BrokerMoment } from './Exchange';
import { RefreshSweeper } from './RefreshSweeper';
import { Disconnected, EndedCredentials } from './EndedCredentials';
import { Revocation } from './Revocation';
import { Revocations } from '../revocations/Revocations';
import { CallTestPath } from './SecretRejections';
import { SealedTokens } from './SealedTokens';
import { ServerClocks } from '../signing/ServerClocks';
import { Signers } from '../signing/Signers';

/** Creates the parts that hand out, refresh, and end credentials. */
export function createRenewal(options: {
  activity: ActivityStore;
  /** Backstage's own call of an API, to check a rejected secret. */
  callTestPath: CallTestPath;
  clocks: ServerClocks;
  client: ProviderClient;
  credentials: CredentialStore;
  datasources: Datasources;
  files: BearerFiles;
  signers?: Signers;
  isQuarantined: () => boolean;
  knex: Knex;
  logger: LoggerService;
  /** Tells people that their connections ended. */
  onEnded: (
    record: DatasourceRecord,
    people: string[],
    why: Disconnected,
  ) => Promise<void>;
  /** Called after the provider refused a person's own credential. */
  onPersonalRefused: (key: CredentialKey) => Promise<void>;
  pageUrl: string;
  statuses: DatasourceStatuses;
  tokens: SealedTokens;
  revocations: Revocations;
  /** Only for fault tests. */
  hold?: (moment: BrokerMoment) => Promise<void>;
  /** Only for fault tests. */
  leaseMilliseconds?: number;
}) {
  const { statuses } = options;
  const stored = { ...options, store: options.credentials };
  const ended = new EndedCredentials(stored);
  const parts = { ...stored, ended };
  const feed = new ChangeFeed(options);
  const memory = new CredentialMemory(parts);
  feed.subscribe(change => memory.drop(change));
  const broker = createTokenBroker({
    ...{ ...parts, feed, memory },
    onChanged: ({ datasourceId }) => statuses.refreshAttention(datasourceId),
  });
  return {
    broker,
    ended,
    feed,
    memory,
    revocation: new Revocation(parts),
    sweeper: new RefreshSweeper({ ...parts, broker }),
    /** Called after a datasource or its credential was saved, with the user who saved it. */
    onChanged: async (id: string, by: string) => {
      memory.drop({ datasourceId: id });
      await feed.announce({ datasourceId: id });
      await broker.settingsChanged(CredentialKey.service(id), by);
      await statuses.refreshAttention(id);
    },
  };
}
