import { LoggerService } from '@backstage/backend-plugin-api';
import { DatasourceStatuses } from '../credentials/DatasourceStatuses';
import { DatasourceRecord } from '../datasources/DatasourceRecord';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { OwnerNotices } from './OwnerNotices';
import { kindOnTheWire } from '../kinds';
import { ExpiringSecret } from '../kinds/KindOnTheWire';
import { certificateExpiry } from '../settings/clientCertificate';
import { BareSettings } from '../settings/secrets';

const DAY = 24 * 60 * 60_000;
const PAGE = 200;

/** How many days before a client's secret or key expires its owner is notified. */
const WARN_DAYS = [3, 14];

/**
 * Detects what happens just because time passes: tokens that expire with nothing to refresh them, and client secrets
 * and keys that are about to expire.
 */
export class DeadlineWatch {
  readonly #store: DatasourceStore;
  readonly #statuses: DatasourceStatuses;
  readonly #notices: OwnerNotices;
  readonly #logger: LoggerService;

  constructor(options: {
    store: DatasourceStore;
    statuses: DatasourceStatuses;
    notices: OwnerNotices;
    logger: LoggerService;
  }) {
    this.#store = options.store;
    this.#statuses = options.statuses;
    this.#notices = options.notices;
    this.#logger = options.logger;
  }

  /** Checks everything once. A datasource that fails, or is deleted meanwhile, doesn't stop the others. */
  async run(signal?: AbortSignal): Promise<void> {
    for (const id of await this.#store.listEnded()) {
      if (signal?.aborted) return;
      await this.#each(() => this.#statuses.refreshAttention(id));
    }
    let after: Parameters<DatasourceStore['list']>[1]['after'];
    do {
      const { items, next } = await this.#store.list(
        {},
        { limit: PAGE, after },
      );
      for (const record of items) {
        await this.#each(() => this.#warn(record));
      }
      after = next;
    } while (after && !signal?.aborted);
  }

  async #warn(record: DatasourceRecord) {
    for (const secret of expiringSecrets(record.settings)) {
      const left = (Date.parse(secret.on) - Date.now()) / DAY;
      const days = WARN_DAYS.find(warn => left <= warn);
      if (days !== undefined) {
        await this.#notices.secretExpires(record, secret, days);
      }
    }
  }

  async #each(check: () => Promise<void>) {
    try {
      await check();
    } catch (error) {
      this.#logger.warn(
        `Couldn't check the deadlines of a datasource. They are checked again in 10 minutes: ${
          error instanceof Error ? error.name : 'unknown error'
        }`,
      );
    }
  }
}

/** Returns what the settings say about ends, and the end of the client's certificate itself. */
function expiringSecrets(settings: BareSettings): ExpiringSecret[] {
  const { auth } = settings;
  const end = certificateExpiry(settings);
  return [
    kindOnTheWire(auth).expiringSecret(auth) ?? [],
    end === undefined
      ? []
      : {
          name: 'client certificate',
          on: new Date(end).toISOString(),
          consequence: 'Otherwise calls with it are refused.',
        },
  ].flat();
}
