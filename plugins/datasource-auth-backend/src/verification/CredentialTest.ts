import {
  isFromSettings,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import { CredentialMemory } from '../credentials/CredentialMemory';
import { CredentialStore } from '../credentials/CredentialStore';
import { TEST_ROUTE } from '../credentials/Rejections';
import { TokenBroker } from '../credentials/TokenBroker';
import { LoadedDatasource } from '../datasources/Datasources';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { ConnectionTest } from './ConnectionTest';
import { isRejected } from './isRejected';

/**
 * Tests the saved credential of a datasource. An API that rejects a token gets one refreshed token. A rejected secret of the
 * settings has no replacement, so the status says it.
 */
export class CredentialTest {
  readonly #activity: ActivityStore;
  readonly #broker: TokenBroker;
  readonly #credentials: CredentialStore;
  readonly #memory: CredentialMemory;
  readonly #store: DatasourceStore;
  readonly #test: ConnectionTest;

  constructor(options: {
    activity: ActivityStore;
    broker: TokenBroker;
    credentials: CredentialStore;
    memory: CredentialMemory;
    store: DatasourceStore;
    test: ConnectionTest;
  }) {
    this.#activity = options.activity;
    this.#broker = options.broker;
    this.#credentials = options.credentials;
    this.#memory = options.memory;
    this.#store = options.store;
    this.#test = options.test;
  }

  /** @param by - user entity ref or external subject */
  async run(datasource: LoadedDatasource, by: string): Promise<TestResult> {
    const { settings, id, name } = datasource.record;
    let served = await this.#broker.getToken(await this.#memory.get(name), {
      person: true,
      by,
    });
    const source = { settings, secrets: datasource.secrets };
    let result = await this.#test.run(source, served.payload);
    const { auth } = settings;
    if (isRejected(auth, result) && isFromSettings(auth)) {
      await this.#broker.rejected(served, TEST_ROUTE);
    } else if (isRejected(auth, result)) {
      served = await this.#broker.getToken(await this.#memory.get(name), {
        person: true,
        by,
        rejected: served.row,
        route: TEST_ROUTE,
      });
      result = await this.#test.run(source, served.payload);
      if (isRejected(auth, result))
        await this.#broker.rejected(served, TEST_ROUTE);
    }
    if (result.ok && result.status !== undefined) {
      await this.#credentials.markVerified(served.row);
      await this.#broker.accepted(served);
    }
    await this.#store.noteFailedTest(id, result.ok ? undefined : result);
    await this.#activity.record(id, {
      kind: 'tested',
      actor: by,
      details: {
        ok: result.ok,
        status: result.status ?? null,
        duration: result.duration ?? null,
      },
    });
    return result;
  }
}
