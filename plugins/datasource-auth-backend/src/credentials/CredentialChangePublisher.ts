import { LoggerService } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { ActivityKind, ActivityStore } from '../activity/ActivityStore';
import { withTimeout } from './awaiting';
import { ChangeFeed } from './ChangeFeed';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialMemory } from './CredentialMemory';
import { PendingWork } from './PendingWork';

/** Milliseconds after which publishing is given up. */
const NOTE_WITHIN = 10_000;

/**
 * Publishes that a credential changed: to this process's memory, the other replicas, the status and the timeline. It
 * never makes a refresh fail, and callers don't wait for it.
 */
export class CredentialChangePublisher {
  readonly #memory: CredentialMemory;
  readonly #feed: ChangeFeed;
  readonly #activity: ActivityStore;
  readonly #logger: LoggerService;
  readonly #pending: PendingWork;
  readonly #onChanged: (key: CredentialKey) => Promise<void>;
  readonly #onPersonalRefused: (key: CredentialKey) => Promise<void>;

  constructor(options: {
    memory: CredentialMemory;
    feed: ChangeFeed;
    activity: ActivityStore;
    logger: LoggerService;
    pending: PendingWork;
    onChanged: (key: CredentialKey) => Promise<void>;
    /** Called after the provider refused a person's own credential. */
    onPersonalRefused?: (key: CredentialKey) => Promise<void>;
  }) {
    this.#memory = options.memory;
    this.#feed = options.feed;
    this.#activity = options.activity;
    this.#logger = options.logger;
    this.#pending = options.pending;
    this.#onChanged = options.onChanged;
    this.#onPersonalRefused = options.onPersonalRefused ?? (async () => {});
  }

  /** The row was replaced. */
  async changed(key: CredentialKey): Promise<void> {
    this.#memory.drop(key);
    await this.#feed.announce(key);
    await this.#tellStatus(key);
  }

  /**
   * The row has a new token. Callers wait only for the token. The statement that stored it has already notified the
   * other replicas.
   */
  renewed(key: CredentialKey, details: JsonObject, actor?: string): void {
    this.#memory.drop(key);
    this.#feed.tell(key);
    this.#pending.track(this.#tellStatus(key));
    this.#pending.track(this.#note(key, 'refreshed', details, actor));
  }

  /** A refresh failed, and the row says so. */
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
    // One person's failure is theirs, and thousands may have the same.
    if (!key.isPersonal) {
      this.#logger.warn(failure.message);
      return;
    }
    this.#logger.debug(failure.message);
    if (failure.kind === 'refused') {
      this.#pending.track(this.#aside('notice', this.#onPersonalRefused(key)));
    }
  }

  /** A person's credential decides nothing about the status of the datasource. */
  async #tellStatus(key: CredentialKey): Promise<void> {
    if (!key.isPersonal) await this.#aside('status', this.#onChanged(key));
  }

  /**
   * Adds an entry to the timeline, with the user who started the refresh. Never about a person's own credential: others
   * can read the timeline.
   */
  async #note(
    { datasourceId, isPersonal }: CredentialKey,
    kind: ActivityKind,
    details: JsonObject,
    actor?: string,
  ): Promise<void> {
    if (isPersonal) return;
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
