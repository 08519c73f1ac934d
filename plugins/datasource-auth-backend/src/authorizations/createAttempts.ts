import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { ActivityStore } from '../activity/ActivityStore';
import { ProviderClient } from '../oauth/ProviderClient';
import { Sealer } from '../sealing/Sealer';
import { SettingsPolicy } from '../settings/SettingsPolicy';
import { AnsweredRequests } from './AnsweredRequests';
import { AuthorizationFlow } from './AuthorizationFlow';
import { AuthorizationSecrets } from './AuthorizationSecrets';
import { AuthorizationStore } from './AuthorizationStore';
import { BrowserRedirects } from './BrowserRedirects';

/** The parts that handle authorization attempts. */
export type Attempts = ReturnType<typeof createAttempts>;

/** Creates what stores attempts, and what leads them to a credential. */
export function createAttempts(options: {
  activity: ActivityStore;
  callbackUrl: string;
  client: ProviderClient;
  knex: Knex;
  logger: LoggerService;
  policy: SettingsPolicy;
  requests: () => AnsweredRequests;
  sealer: Sealer;
}) {
  const store = new AuthorizationStore(options);
  const secrets = new AuthorizationSecrets(options);
  return {
    store,
    secrets,
    flow: new AuthorizationFlow({ ...options, store, secrets }),
    stops: new BrowserRedirects({ ...options, store, secrets }),
  };
}
