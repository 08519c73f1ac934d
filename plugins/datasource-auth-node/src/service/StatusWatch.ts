import { LoggerService } from '@backstage/backend-plugin-api';
import { ConsumableDatasource } from 'backstage-plugin-datasource-auth-common';
import { StatusSubscription } from './DatasourceAuthService';

const DEFAULT_EVERY_MS = 30_000;
const SHORTEST_EVERY_MS = 1_000;

interface StatusWatchOptions {
  read: () => Promise<ConsumableDatasource>;
  listener: (datasource: ConsumableDatasource) => void | Promise<void>;
  everyMs?: number;
  logger?: LoggerService;
}

/**
 * Polls the status of a datasource. A poll starts after the previous one has ended, and the timer doesn't keep the
 * process alive.
 *
 * @internal
 */
export class StatusWatch implements StatusSubscription {
  readonly #options: StatusWatchOptions;
  #timer?: NodeJS.Timeout;
  #seen?: string;
  #ended = false;

  static start(options: StatusWatchOptions): StatusWatch {
    const watch = new StatusWatch(options);
    watch.#look();
    return watch;
  }

  private constructor(options: StatusWatchOptions) {
    this.#options = options;
  }

  unsubscribe(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const { read, listener, logger } = this.#options;
    try {
      const datasource = await read();
      const { state, reason } = datasource.status;
      const seen = `${state} ${reason}`;
      const isChange = this.#seen !== undefined && this.#seen !== seen;
      this.#seen = seen;
      if (isChange && !this.#ended) await listener(datasource);
    } catch (error) {
      logger?.debug(
        `Reading the status of a datasource failed: ${
          error instanceof Error ? error.message : 'unknown reason'
        }`,
      );
    }
    if (this.#ended) return;
    const every = Math.max(
      this.#options.everyMs ?? DEFAULT_EVERY_MS,
      SHORTEST_EVERY_MS,
    );
    this.#timer = setTimeout(() => this.#look(), every);
    this.#timer.unref?.();
  }
}
