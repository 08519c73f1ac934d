import { LoggerService } from '@backstage/backend-plugin-api';
import {
  DatasourceAuthError,
  isFromSettings,
} from 'backstage-plugin-datasource-auth-common';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialLookup } from './CredentialLookup';
import { CredentialStore } from './CredentialStore';
import { isDue } from './freshness';
import { hasCredentialOf } from './hasCredentialOf';
import { PendingWork } from './PendingWork';
import { RetryAfterChange } from './RetryAfterChange';
import { SharedRenewals } from './SharedRenewals';
import { SettingsCredentials } from './SettingsCredentials';
import { startsOver } from './startingOver';
import { SubjectCache } from './SubjectCache';
import { nameOf } from './TokenErrors';

/** How long callers served with a valid token don't retry a failed background refresh. */
const BEHIND_REST = 1_000;

/** Refreshes in the background. Failures are recorded with the credential. */
export class UnattendedRenewals {
  readonly #store: CredentialStore;
  readonly #lookup: CredentialLookup;
  readonly #renewals: SharedRenewals;
  readonly #retryAfterChange: RetryAfterChange;
  readonly #pending: PendingWork;
  readonly #logger: LoggerService;
  readonly #isQuarantined: () => boolean;
  readonly #fromSettings: SettingsCredentials;
  /** By {@link CredentialKey.text}. */
  readonly #behindFrom = new SubjectCache<number>();

  constructor(options: {
    store: CredentialStore;
    lookup: CredentialLookup;
    renewals: SharedRenewals;
    retryAfterChange: RetryAfterChange;
    pending: PendingWork;
    logger: LoggerService;
    isQuarantined: () => boolean;
    fromSettings: SettingsCredentials;
  }) {
    this.#fromSettings = options.fromSettings;
    this.#store = options.store;
    this.#lookup = options.lookup;
    this.#renewals = options.renewals;
    this.#retryAfterChange = options.retryAfterChange;
    this.#pending = options.pending;
    this.#logger = options.logger;
    this.#isQuarantined = options.isQuarantined;
  }

  /** Refreshes in the background for a caller who got a token that is still valid. */
  renewBehind(key: CredentialKey): void {
    const { text, subject } = key;
    const behindFrom = this.#behindFrom.of(subject);
    if (this.#renewals.isRunning(key)) return;
    if (performance.now() < (behindFrom.get(text) ?? 0)) return;
    behindFrom.set(text, Infinity);
    this.renewIfDue(key).finally(() => {
      behindFrom.set(text, performance.now() + BEHIND_REST);
    });
  }

  async renewIfDue(key: CredentialKey): Promise<void> {
    await this.#renewIfDue(key);
  }

  /** @param change - who changed the settings, and whether that made the credential due */
  async #renewIfDue(
    key: CredentialKey,
    change: { by?: string; madeDue: boolean } = { madeDue: false },
  ): Promise<void> {
    if (this.#isQuarantined()) return;
    try {
      const row = await this.#store.read(key);
      if (!row) return;
      const datasource = await this.#lookup.findDatasource(key);
      const { settings } = datasource.record;
      if (isFromSettings(settings.auth)) return;
      if (!hasCredentialOf(key, settings)) return;
      if (isDue(row, row.readAt)) {
        await this.#renewals.renew(key, {
          newerThan: row.generation,
          by: change.madeDue ? change.by : undefined,
        });
      } else if (startsOver({ datasource, row })) {
        await this.#renewals.renew(key, { by: change.by });
      }
    } catch (error) {
      this.#logger.debug(
        `Background refresh of datasource ${key.datasourceId} failed: ${nameOf(
          error,
        )}`,
      );
    }
  }

  async settingsChanged(key: CredentialKey, by?: string): Promise<void> {
    if (this.#isQuarantined()) return;
    let madeDue = false;
    try {
      const datasource = await this.#lookup.findDatasource(key);
      if (isFromSettings(datasource.record.settings.auth)) {
        await this.#fromSettings.settingsChanged(key, datasource);
        return;
      }
      madeDue = await this.#retryAfterChange.apply(key);
    } catch (error) {
      // Deleted: nothing is left to try.
      if (error instanceof DatasourceAuthError && error.code === 'not_found')
        return;
      this.#logger.warn(
        `Couldn't check whether the changed settings of datasource ${
          key.datasourceId
        } allow another attempt. If it stays unauthorized, get a new credential: ${nameOf(
          error,
        )}`,
      );
    }
    this.#pending.track(this.#renewIfDue(key, { by, madeDue }));
  }
}
