import { LoggerService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { ActivityKind, ActivityStore } from '../activity/ActivityStore';
import { withTimeout } from './awaiting';
import { ChangeFeed } from './ChangeFeed';
import { CredentialKey } from './CredentialKey';
import { CredentialMemory } from './CredentialMemory';

/** What is noted beside a renewal is given up after this. Milliseconds. */
const NOTE_WITHIN = 10_000;

/**
 * Tells of a credential that changed: this process's memory, the other replicas, the status and the timeline. None of it
 * can make a renewal fail, and callers wait for none of it.
 */
export class CredentialChangePublisher {
  readonly #memory: CredentialMemory;
  readonly #feed: ChangeFeed;
  readonly #activity: ActivityStore;
  readonly #logger: LoggerService;
  readonly #onChanged: (key: CredentialKey) => Promise<void>;
  readonly #running = new Set<Promise<unknown>>();

  constructor(options: {
    memory: CredentialMemory;
    feed: ChangeFeed;
    activity: ActivityStore;
    logger: LoggerService;
    /** Called after a credential's row changed. */
    onChanged: (key: CredentialKey) => Promise<void>;
  }) {
    this.#memory = options.memory;
    this.#feed = options.feed;
    this.#activity = options.activity;
    this.#logger = options.logger;
    this.#onChanged = options.onChanged;
  }

  /** The row is another one now. */
  async changed(key: CredentialKey): Promise<void> {
    this.#memory.drop(key);
    await this.#feed.announce(key);
    await this.#aside('status', this.#onChanged(key));
  }

  /** The row has a new token; the statement that stored it told the other replicas. */
  async renewed(key: CredentialKey): Promise<void> {
    this.#memory.drop(key);
    this.#feed.tell(key);
    await this.#aside('status', this.#onChanged(key));
  }

  /** An entry of the timeline, with the person who had it done by hand. */
  async note(
    { datasourceId }: CredentialKey,
    kind: ActivityKind,
    details: JsonObject,
    actor?: string,
  ): Promise<void> {
    await this.#aside(
      'activity',
      this.#activity.record(datasourceId, { kind, details, actor }),
    );
  }

  /** Work that nobody waits for but the end of the process. */
  later(work: Promise<void>) {
    this.#running.add(work);
    work.finally(() => this.#running.delete(work));
  }

  /** What is still being written. */
  get running(): Array<Promise<unknown>> {
    return [...this.#running];
  }

  async #aside(what: string, work: Promise<void>): Promise<void> {
    try {
      await withTimeout(NOTE_WITHIN, work, () => new Error('It took too long'));
    } catch (error) {
      this.#logger.warn(
        `The ${what} of a datasource could not be noted: ${
          (error as Error).name
        }`,
      );
    }
  }
}
