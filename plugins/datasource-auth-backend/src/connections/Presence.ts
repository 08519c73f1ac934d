import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { readDatabaseClock } from '../database/database';
import { PeopleStore, SeenPerson } from './PeopleStore';
import { UserDirectory } from './UserDirectory';

const HOUR = 60 * 60_000;
/** A day, less the time by which daily runs vary. Milliseconds. */
const END_AFTER = 23 * HOUR;
/** People that the catalog is asked about at once. */
const BATCH = 500;
/** More than this many people, and more than this share of all, don't leave in one day: the catalog is incomplete. */
const MOST_LEAVING = 5;
const MOST_LEAVING_SHARE = 0.05;

/**
 * Ends the connections of people who left the catalog. They are suspended first, and ended a day later. What these
 * people authorized for all plugins goes on.
 * Only people who were seen before can be missing. Nobody is ended by a catalog that is down, empty or incomplete: the
 * round stops before it changes anything for those who are missing.
 */
export class Presence {
  readonly #knex: Knex;
  readonly #people: PeopleStore;
  readonly #directory: UserDirectory;
  readonly #logger: LoggerService;
  readonly #end: (subject: string) => Promise<void>;
  readonly #onChanged: (subject: string) => Promise<void>;

  constructor(options: {
    knex: Knex;
    people: PeopleStore;
    directory: UserDirectory;
    logger: LoggerService;
    /** Called daily for a person who left: ends all their connections, and revokes their tokens. */
    end: (subject: string) => Promise<void>;
    /** Called after a person's connections were suspended or resumed. */
    onChanged: (subject: string) => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#people = options.people;
    this.#directory = options.directory;
    this.#logger = options.logger;
    this.#end = options.end;
    this.#onChanged = options.onChanged;
  }

  /** Runs one round. */
  async run(signal?: AbortSignal): Promise<void> {
    const missing: SeenPerson[] = [];
    let found = 0;
    let after: string | undefined;
    for (;;) {
      const subjects = await this.#people.listWatched({
        limit: BATCH,
        after,
      });
      if (subjects.length === 0) break;
      if (signal?.aborted) return;
      after = subjects[subjects.length - 1];
      const uids = await this.#directory.uidsOf(subjects);
      const seen = await this.#people.seen(subjects);
      for (const subject of subjects) {
        const known = seen.get(subject);
        const uid = uids.get(subject);
        if (uid !== undefined) {
          found += 1;
          await this.#each(() => this.#present(subject, uid, known));
        } else if (known) missing.push(known);
      }
    }
    await this.#people.forgetUnwatched();
    if (missing.length > 0 && (await this.#isComplete(missing, found))) {
      await this.#leave(missing, signal);
    }
  }

  async #present(subject: string, uid: string, known?: SeenPerson) {
    if (known?.uid === uid && known.missingSince === undefined) return;
    if (!known) {
      await this.#people.see(subject, uid);
      return;
    }
    if (known.uid === uid) await this.#people.resume(subject);
    else {
      const suspended = await this.#people.suspend(subject, 'other_person');
      if (suspended > 0) {
        this.#logger.warn(
          `A user of the catalog was replaced by another one with the same name. Their accounts are suspended until they connect them again.`,
        );
      }
    }
    // Last, so that a round that ends in between is repeated.
    await this.#people.see(subject, uid);
    await this.#onChanged(subject);
  }

  async #isComplete(missing: SeenPerson[], found: number): Promise<boolean> {
    const newly = missing.filter(
      ({ missingSince }) => missingSince === undefined,
    ).length;
    const most = Math.max(
      MOST_LEAVING,
      (found + missing.length) * MOST_LEAVING_SHARE,
    );
    if (newly > most) {
      this.#logger.warn(
        `The catalog no longer has ${newly} of ${
          found + missing.length
        } people who connected accounts or authorized datasources. That many don't leave in one day, so nobody is disconnected. Check the catalog. If they did leave, disconnect them on the datasources.`,
      );
      return false;
    }
    if (found === 0 && !(await this.#directory.hasUsers())) {
      this.#logger.warn(
        'The catalog has no users, so nobody is disconnected. Check the catalog.',
      );
      return false;
    }
    return true;
  }

  async #leave(missing: SeenPerson[], signal?: AbortSignal) {
    const now = await readDatabaseClock(this.#knex);
    for (const { subject, missingSince } of missing) {
      if (signal?.aborted) return;
      await this.#each(async () => {
        if (missingSince === undefined) {
          await this.#people.suspend(subject, 'missing');
          await this.#people.miss(subject);
          await this.#onChanged(subject);
        } else if (now - missingSince >= END_AFTER) {
          await this.#end(subject);
        }
      });
    }
  }

  /** The failure of one person doesn't stop the round. */
  async #each(step: () => Promise<void>) {
    try {
      await step();
    } catch (error) {
      this.#logger.warn(
        `Couldn't record whether a person is still in the catalog. That is repeated in a day: ${
          error instanceof Error ? error.name : 'unknown error'
        }`,
      );
    }
  }
}
