import { message } from 'backstage-plugin-datasource-auth-common';
import { LoadedDatasource } from '../datasources/Datasources';
import { isFor } from '../settings/binding';
import { ChangeFeed, Watch } from './ChangeFeed';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialLookup } from './CredentialLookup';
import { CredentialReader, FoundCredential } from './CredentialReader';
import { TokenNeed } from './freshness';
import { LeaseTimes } from './LeaseTimes';
import { LostCommits } from './LostCommits';
import { RenewalAttempt } from './RenewalAttempt';
import { TokenErrors } from './TokenErrors';

/** How often a process checks whether the holder of a lease is done, and if it also hears of it. Milliseconds. */
const POLL = 100;
const POLL_IF_HEARD = 1_000;

/** How often a process that was busy or paused starts again for its callers. */
const RESTARTS = 2;

/**
 * Runs one refresh from the first read of the row until the row has the needed token: it reads, attempts, waits for
 * others, and reads again.
 */
export class CredentialRenewal {
  readonly #lookup: CredentialLookup;
  readonly #lostCommits: LostCommits;
  readonly #reader: CredentialReader;
  readonly #attempt: RenewalAttempt;
  readonly #feed: ChangeFeed;
  readonly #errors: TokenErrors;
  readonly #times: LeaseTimes;

  constructor(options: {
    lookup: CredentialLookup;
    lostCommits: LostCommits;
    reader: CredentialReader;
    attempt: RenewalAttempt;
    feed: ChangeFeed;
    errors: TokenErrors;
    times: LeaseTimes;
  }) {
    this.#lookup = options.lookup;
    this.#lostCommits = options.lostCommits;
    this.#reader = options.reader;
    this.#attempt = options.attempt;
    this.#feed = options.feed;
    this.#errors = options.errors;
    this.#times = options.times;
  }

  async run(key: CredentialKey, need: TokenNeed): Promise<FoundCredential> {
    // From before the first read, so that no change after it is missed.
    const watch = this.#feed.watch(key);
    try {
      return await this.#run(key, need, watch);
    } finally {
      watch.end();
    }
  }

  async #run(
    key: CredentialKey,
    need: TokenNeed,
    watch: Watch,
  ): Promise<FoundCredential> {
    const patience = performance.now() + this.#times.patience;
    let restarts = 0;
    const mayStartAgain = () => (restarts += 1) <= RESTARTS;
    let readTwice = false;
    for (;;) {
      const { datasource, row } = await this.#lookup.load(key);
      if (!row) {
        await this.#attempt.begin(key, datasource);
        continue;
      }
      if (await this.#lostCommits.restore(row)) continue; // I8
      const found = { datasource, row };
      if (this.#reader.satisfies(found, need, row.readAt)) return found; // someone else refreshed it
      if (!isFor(datasource.record, row) && !readTwice) {
        readTwice = true; // a Save between the two reads looks like changed settings
        continue;
      }
      const { stored, wait } = await this.#attempt.run(
        found,
        need,
        mayStartAgain,
      );
      // I3: the database has it. Nothing better can be obtained, whatever the caller needs.
      if (stored && !stored.stage) return { datasource, row: stored };
      if (wait === undefined) continue;
      this.#assertPatient(datasource, patience);
      await watch.change(wait === 'change' ? this.#changePoll : wait);
    }
  }

  /** How often to check whether the holder of a lease is done. Milliseconds. */
  get #changePoll(): number {
    return this.#feed.isListening ? POLL_IF_HEARD : POLL;
  }

  #assertPatient(datasource: LoadedDatasource, patience: number): void {
    if (performance.now() > patience) {
      throw this.#errors.unavailable(
        datasource,
        message('error.token.waiting'),
      );
    }
  }
}
