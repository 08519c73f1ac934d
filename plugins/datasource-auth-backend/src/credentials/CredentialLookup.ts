import { message } from 'backstage-plugin-datasource-auth-common';
import {
  Datasources,
  LoadedDatasource,
  missingOf,
  notFound,
} from '../datasources/Datasources';
import { retryLostConnection, withTimeout } from './awaiting';
import { CredentialKey } from '../database/CredentialKey';
import { FoundCredential } from './CredentialReader';
import { CredentialStore } from './CredentialStore';
import { withoutPersonal } from '../settings/status';
import { hasCredentialOf } from './hasCredentialOf';
import { TokenErrors } from './TokenErrors';

/** Timeout of a read, in milliseconds. The exchange has its own timeouts. */
const READ_WITHIN = 10_000;

/** Reads a credential together with its datasource. */
export class CredentialLookup {
  readonly #datasources: Datasources;
  readonly #store: CredentialStore;
  readonly #errors: TokenErrors;
  readonly #isQuarantined: () => boolean;

  constructor(options: {
    datasources: Datasources;
    store: CredentialStore;
    errors: TokenErrors;
    isQuarantined: () => boolean;
  }) {
    this.#datasources = options.datasources;
    this.#store = options.store;
    this.#errors = options.errors;
    this.#isQuarantined = options.isQuarantined;
  }

  /** @throws DatasourceAuthError `not_found` */
  async findDatasource({
    datasourceId,
  }: CredentialKey): Promise<LoadedDatasource> {
    const datasource = await withTimeout(
      READ_WITHIN,
      this.#datasources.findById(datasourceId),
      () => new Error("The database isn't responding"),
    );
    if (!datasource) throw notFound(datasourceId);
    return datasource;
  }

  async find(key: CredentialKey): Promise<FoundCredential | undefined> {
    const datasource = await this.findDatasource(key);
    const row = await this.#store.read(key);
    return row && { datasource, row };
  }

  /**
   * Reads both at once, and a second time if a connection was cut. There may be no row yet.
   *
   * @throws DatasourceNotConfiguredError, DatasourceUnavailableError if the datasource can't be used
   */
  async load(
    key: CredentialKey,
  ): Promise<
    Pick<FoundCredential, 'datasource'> & Partial<Pick<FoundCredential, 'row'>>
  > {
    const [datasource, row] = await retryLostConnection(() =>
      Promise.all([this.findDatasource(key), this.#store.read(key)]),
    );
    this.assertUsable(key, datasource);
    return { datasource, row };
  }

  /** Checks what the row doesn't say: whether the datasource has this credential at all, and can be used. */
  assertUsable(key: CredentialKey, datasource: LoadedDatasource): void {
    const { unreadable, record } = datasource;
    if (!hasCredentialOf(key, record.settings)) {
      throw this.#errors.notAuthorized(
        datasource,
        message('error.token.perUser', { name: record.name }),
      );
    }
    const missing = key.isPersonal
      ? withoutPersonal(missingOf(datasource), record.settings)
      : missingOf(datasource);
    if (missing.length > 0) {
      throw this.#errors.notConfigured(datasource, missing);
    }
    if (unreadable) {
      throw this.#errors.unusable(datasource, unreadable.text);
    }
    if (this.#isQuarantined()) {
      throw this.#errors.unavailable(
        datasource,
        message('error.token.quarantined'),
      );
    }
  }
}
