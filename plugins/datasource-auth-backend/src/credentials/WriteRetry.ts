import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { PendingWork } from './PendingWork';
import { nameOf } from './TokenErrors';

/** Repeats a write until the database responds: a restart of the database must not lose a rotated token. */
export class WriteRetry {
  readonly #pending: PendingWork;
  readonly #logger: LoggerService;

  constructor(options: { pending: PendingWork; logger: LoggerService }) {
    this.#pending = options.pending;
    this.#logger = options.logger;
  }

  async run<T>(write: () => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await write();
      } catch (error) {
        if (this.#pending.isDrained) throw error;
        this.#logger.warn(
          `The database did not store the result of a refresh (${nameOf(
            error,
          )}). Trying again.`,
        );
        await sleep(Math.min(100 * 2 ** attempt, 2_000));
      }
    }
  }
}
