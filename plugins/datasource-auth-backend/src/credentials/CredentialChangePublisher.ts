import { LoggerService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { ActivityKind, ActivityStore } from '../activity/ActivityStore';
import { withTimeout } from './awaiting';
import { ChangeFeed } from './ChangeFeed';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialMemory } from './CredentialMemory';
import { PendingWork } from './PendingWork';

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
  readonly #pending: PendingWork;
  readonly #onChanged: (key: CredentialKey) => Promise<void>;

  constructor(options: {
    memory: CredentialMemory;
    feed: ChangeFeed;
    activity: ActivityStore;
    logger: LoggerService;
    pending: PendingWork;
    /** Called after a credential's row changed. */
    onChanged: (key: CredentialKey) => Promise<void>;
  }) {
    this.#memory = options.memory;
    this.#feed = options.feed;
    this.#activity = options.activity;
    this.#logger = options.logger;
    this.#pending = options.pending;
    this.#onChanged = options.onChanged;
  }

  /** The row is another one now. */
  async changed(key: CredentialKey): Promise<void> {
    this.#memory.drop(key);
    await this.#feed.announce(key);
    await this.#aside('status', this.#onChanged(key));
  }

  /**
   * The row has a new token. Callers wait for the token, on other replicas too, not for what is noted of it: the statement
   * that stored it told the other replicas.
   */
  renewed(key: CredentialKey, details: JsonObject, actor?: string): void {
    this.#memory.drop(key);
    this.#feed.tell(key);
    this.#pending.track(this.#aside('status', this.#onChanged(key)));
    this.#pending.track(this.#note(key, 'refreshed', details, actor));
  }

  /** A renewal failed, which the row holds by now. */
  async failed(
    key: CredentialKey,
    failure: {
      kind: ActivityKind;
      details: JsonObject;
      actor?: string;
      /** For the log. */
      message: string;
    },
  ): Promise<void> {
    await this.#note(key, failure.kind, failure.details, failure.actor);
    await this.changed(key);
    this.#logger.warn(failure.message);
  }

  /** An entry of the timeline, with the person who had it done by hand. */
  async #note(
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

  async #aside(what: string, work: Promise<void>): Promise<void> {
    try {
      await withTimeout(NOTE_WITHIN, work, () => new Error('It took too long'));
    } catch (error) {
      this.#logger.warn(
        `Couldn't record the ${what} of a datasource after its credential changed. The credential is stored: ${
          (error as Error).name
        }`,
      );
    }
  }
}
