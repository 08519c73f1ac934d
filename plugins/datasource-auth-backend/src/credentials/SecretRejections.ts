import { LoggerService } from '@backstage/backend-plugin-api';
import {
  diagnosisTexts,
  LastError,
  renderDiagnosis,
} from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import { rejectedStatuses } from '../kinds';
import { mintsTokens } from '../kinds/mintedToken';
import { GrowingCache } from '../memory/GrowingCache';
import { CredentialChangePublisher } from './CredentialChangePublisher';
import { ServedToken } from './CredentialReader';
import { CredentialStore } from './CredentialStore';
import { REJECTED_BY_API, REJECTED_COOLDOWN } from './freshness';
import { PendingWork } from './PendingWork';
import { nameOf } from './TokenErrors';

/** Calls the test path. Returns the status of the response, if there was a call and a response. */
export type CallTestPath = (
  served: ServedToken,
) => Promise<{ status?: number; tokenExpired?: boolean }>;

const MOST_CREDENTIALS = 5_000;

/**
 * Checks whether an API rejects a secret of the settings, or only one call of a plugin, with Backstage's own call of
 * the test path: once per cooldown, for any number of rejected calls.
 */
export class SecretRejections {
  readonly #store: CredentialStore;
  readonly #activity: ActivityStore;
  readonly #news: CredentialChangePublisher;
  readonly #pending: PendingWork;
  readonly #logger: LoggerService;
  readonly #callTestPath: CallTestPath;
  readonly #checked = new GrowingCache<true>(MOST_CREDENTIALS, {
    ttl: REJECTED_COOLDOWN,
  });

  constructor(options: {
    store: CredentialStore;
    activity: ActivityStore;
    news: CredentialChangePublisher;
    pending: PendingWork;
    logger: LoggerService;
    callTestPath: CallTestPath;
  }) {
    this.#store = options.store;
    this.#activity = options.activity;
    this.#news = options.news;
    this.#pending = options.pending;
    this.#logger = options.logger;
    this.#callTestPath = options.callTestPath;
  }

  /** Checks in the background after a plugin or the gateway reports a rejection. */
  report(served: ServedToken, route: string): void {
    const { row } = served;
    const generation = `${row.credentialId} ${row.generation}`;
    if (row.lastError?.code === REJECTED_BY_API) return;
    if (this.#checked.has(generation)) return;
    this.#checked.set(generation, true);
    this.#pending.track(
      this.#check(served, route).catch(error =>
        this.#logger.warn(
          `Couldn't check whether the API of datasource '${
            served.datasource.record.name
          }' rejects its secret. Test the connection: ${nameOf(error)}`,
        ),
      ),
    );
  }

  /** Records that the test path was rejected. */
  async confirmed(served: ServedToken): Promise<void> {
    const { row } = served;
    if (row.lastError?.code === REJECTED_BY_API) return;
    await this.#store.noteRejection(row, rejectedError(served));
    await this.#news.changed(row.key);
  }

  async #check(served: ServedToken, route: string): Promise<void> {
    const { record } = served.datasource;
    const { status, tokenExpired } = await this.#callTestPath(served);
    const { baseUrl, testPath } = record.settings;
    // Without a test path, only the plugin that they agreed to can tell people that they must connect again.
    const isUnchecked = served.row.key.isPersonal && !(baseUrl && testPath);
    const isRejected =
      isUnchecked ||
      tokenExpired ||
      (status !== undefined &&
        rejectedStatuses(record.settings.auth).includes(status));
    if (isRejected) {
      await this.confirmed(served);
      return;
    }
    const [, plugin] = /^plugin (\S+)/.exec(route) ?? [];
    const caller = plugin ? `plugin '${plugin}'` : 'the gateway';
    const finding =
      status === undefined
        ? 'Set a base URL and a test path, so that Backstage can check the secret'
        : `The test path returned ${status}, so check what that call needs`;
    this.#logger.warn(
      `The API of datasource '${record.name}' rejected a call of ${caller}. ${finding}.`,
    );
    await this.#activity.record(record.id, {
      kind: 'rejected',
      actor: plugin && `plugin:${plugin}`,
      details: { status: status ?? null },
    });
  }
}

function rejectedError({ datasource, row }: ServedToken): LastError {
  const isSigned = mintsTokens(datasource.record.settings.auth);
  return {
    code: REJECTED_BY_API,
    ...renderDiagnosis(
      diagnosisTexts(isSigned ? 'jwtRejected' : 'secretRejected'),
    ),
    at: row.readAt,
    attempts: 1,
  };
}
