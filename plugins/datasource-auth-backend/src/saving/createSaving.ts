import { Knex } from 'knex';
import { ActivityStore } from '../activity/ActivityStore';
import { UsageRecorder } from '../activity/UsageRecorder';
import { AnsweredRequests } from '../authorizations/AnsweredRequests';
import { Attempts } from '../authorizations/createAttempts';
import { CredentialStore } from '../credentials/CredentialStore';
import { EndedCredentials } from '../credentials/EndedCredentials';
import { Revocation } from '../credentials/Revocation';
import { SealedTokens } from '../credentials/SealedTokens';
import { Datasources } from '../datasources/Datasources';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { Revocations } from '../revocations/Revocations';
import { Sealer } from '../sealing/Sealer';
import { SettingsPolicy } from '../settings/SettingsPolicy';
import { AuthorizationCommits } from './AuthorizationCommits';
import { CredentialWriter } from './CredentialWriter';
import { DatasourceForm } from './DatasourceForm';
import { DraftTests } from './DraftTests';
import { DatasourceRemoval } from './DatasourceRemoval';
import { DatasourceTransaction } from './DatasourceTransaction';
import { DatasourceWriter } from './DatasourceWriter';

/** The parts that save datasources and credentials. */
export type Saving = ReturnType<typeof createSaving>;

/** Creates the parts that save datasources and credentials. */
export function createSaving(options: {
  activity: ActivityStore;
  attempts: Attempts;
  credentials: CredentialStore;
  datasources: Datasources;
  knex: Knex;
  /** Called after a datasource or its credential changed. */
  onChanged: (datasourceId: string, by: string) => Promise<void>;
  policy: SettingsPolicy;
  requests: () => AnsweredRequests;
  revocation: Revocation;
  revocations: Revocations;
  ended: EndedCredentials;
  sealer: Sealer;
  store: DatasourceStore;
  tokens: SealedTokens;
  usage: UsageRecorder;
}) {
  const { attempts } = options;
  const staged = {
    authorizations: attempts.store,
    authorizationSecrets: attempts.secrets,
  };
  const transaction = new DatasourceTransaction(options);
  const credentialWriter = new CredentialWriter({ ...options, ...staged });
  return {
    writer: new DatasourceWriter({
      ...{ ...options, credentialWriter, transaction },
      form: new DatasourceForm({ ...options, ...staged }),
      draftTests: new DraftTests({ ...options, ...staged }),
    }),
    removal: new DatasourceRemoval({ ...options, transaction }),
    commits: new AuthorizationCommits({
      ...{ ...options, ...attempts, credentialWriter, transaction },
    }),
  };
}
