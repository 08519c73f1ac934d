import { needsPerson } from '../settings/binding';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { CredentialKey } from '../database/CredentialKey';
import { Datasources } from '../datasources/Datasources';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { DeclaredDatasources } from '../datasources/DeclaredDatasources';
import { CredentialMemory } from './CredentialMemory';
import { DatasourceStatuses } from './DatasourceStatuses';
import { TokenBroker } from './TokenBroker';

/** Keeps the credentials of declared datasources in line with the configuration. */
export class DeclaredCredentials {
  readonly #declared: DeclaredDatasources;
  readonly #store: DatasourceStore;
  readonly #datasources: Datasources;
  readonly #memory: CredentialMemory;
  readonly #broker: TokenBroker;
  readonly #statuses: DatasourceStatuses;
  readonly #logger: LoggerService;

  constructor(options: {
    declared: DeclaredDatasources;
    store: DatasourceStore;
    datasources: Datasources;
    memory: CredentialMemory;
    broker: TokenBroker;
    statuses: DatasourceStatuses;
    logger: LoggerService;
  }) {
    this.#declared = options.declared;
    this.#store = options.store;
    this.#datasources = options.datasources;
    this.#memory = options.memory;
    this.#broker = options.broker;
    this.#statuses = options.statuses;
    this.#logger = options.logger;
  }

  /** Applies a changed configuration. An invalid one is logged, and the last valid one stays. */
  async reload(config: Config): Promise<void> {
    try {
      this.#declared.reload(config);
    } catch (error) {
      this.#logger.error(
        `The changed configuration is invalid, so the last valid one still applies. ${
          error instanceof Error ? error.message : ''
        }`,
      );
      return;
    }
    await this.#declared.mirror({ store: this.#store, logger: this.#logger });
    for (const { id } of await this.#store.listDeclared()) {
      this.#memory.drop({ datasourceId: id });
      await this.#broker.settingsChanged(CredentialKey.service(id));
      await this.#statuses.refreshAttention(id);
    }
  }

  /** Obtains credentials for those that need no user and have none yet. */
  async authorize(): Promise<void> {
    for (const name of this.#declared.names()) {
      const datasource = await this.#datasources
        .get(name)
        .catch(() => undefined);
      if (!datasource || datasource.record.source !== 'config') continue;
      const { id } = datasource.record;
      await this.#broker.settingsChanged(CredentialKey.service(id));
      if (needsPerson(datasource.record.settings)) {
        continue;
      }
      await this.#broker.getToken(await this.#memory.get(name)).catch(() => {});
      await this.#statuses.refreshAttention(id);
    }
  }
}
