import { tokenHash } from 'demo-provider';
import { SERVICE } from '../../database/CredentialKey';
import { Chance } from '../../__testUtils__/Chance';
import { BrokerMoment } from '../../credentials/TokenBroker';
import { JANE } from './accounts';
import { Installation, SavedCredential, Since } from './Installation';
import { expectNoLeak, KeyedCredential } from './KeyedCredential';
import { postgresUrl } from './postgresUrl';
import { Replica, Taken, TokenTarget } from './Replica';
import { Tally } from './Tally';

/** Whose credentials are broken: what all plugins share, and a person's own. */
const SUBJECTS = [SERVICE, JANE];

/** When a replica notices a change although it has just lost its notifications: it polls every two seconds. */
export const HEARD_WITHIN = 4_000;

/** Moments before the request is sent: a failure loses nothing. */
export const BEFORE_WIRE: BrokerMoment[] = ['intent', 'send'];

/** Moments after the provider has rotated the refresh token, and before the new one is stored. */
export const AFTER_ROTATION: BrokerMoment[] = ['response', 'commit'];

/** All callers have the one new token, which works and is in the database, and the provider was called once for it. */
export const RENEWED_ONCE = {
  ...{ statuses: [200], tokens: 1, works: true, isStored: true },
  ...{ calls: 1, rotations: 1, reuses: 0 },
  ...{ state: 'live', reason: undefined, generation: 2, isPending: false },
};
/** The unavoidable case: the provider's response is lost, and it ends the family when its token is sent again. */
export const INTERRUPTED = {
  ...{ statuses: [409], tokens: 1, works: false, isStored: false },
  ...{ calls: 2, rotations: 1, reuses: 1 },
  ...{ state: 'refused', reason: 'no_response', generation: 1 },
  isPending: false,
};
/** Callers must retry, and nothing is lost. */
export const PUT_OFF = {
  ...{ statuses: [503], tokens: 1, works: false, isStored: false },
  ...{ calls: 1, reuses: 0, state: 'live', generation: 1 },
};

/**
 * Four real backends on one PostgreSQL, two of them with clocks that are half a minute off, and a provider that rotates
 * refresh tokens and ends the family when a used one is sent again. A test holds the exchange at a named moment, and
 * then causes a failure.
 */
export class Fleet {
  readonly tally = new Tally({ place: 'PostgreSQL, 4 replicas' });
  #site: Installation | undefined;

  constructor() {
    beforeAll(async () => {
      this.#site = await Installation.start({
        postgres: postgresUrl(),
        replicas: 4,
      });
      // The first refresh of a process is slow.
      for (const replica of this.site.replicas) {
        await replica.take(await this.site.expired(JANE));
      }
    });
    afterAll(async () => {
      await this.#site?.stop();
      this.tally.write();
    });
    beforeEach(async () => {
      this.site.provider.setFaults({});
      this.site.door.behave();
      this.site.catalog.isDown = false;
      // Replicas that the previous test killed have been replaced.
      await Promise.all(this.site.replicas.map(each => each.ready));
      await this.site.restTasks();
    });
  }

  get site(): Installation {
    return this.#site!;
  }

  /** A credential whose token has expired. The run decides whether plugins share it or it is a person's own. */
  async expired(chance: Chance): Promise<SavedCredential> {
    return this.site.expired(chance.oneOf(SUBJECTS));
  }

  /** The replicas of this run: the affected one, and the others. */
  cast(chance: Chance): [Replica, ...Replica[]] {
    return chance.shuffled(this.site.replicas) as [Replica, ...Replica[]];
  }

  /** Makes a replica start a refresh, and holds it at a moment. */
  async held(
    replica: Replica,
    credential: SavedCredential,
    moment: BrokerMoment,
  ): Promise<{ taken: Promise<Taken> }> {
    const arrived = replica.stopAt(moment);
    const taken = replica.take(credential);
    await arrived;
    return { taken };
  }

  /** Kills a replica and starts another one, while the test continues. */
  async kill(replica: Replica): Promise<void> {
    await replica.kill();
    await this.site.replace(replica);
  }

  takeAll(
    replicas: Replica[],
    credential: TokenTarget,
    each = 3,
  ): Promise<Taken[]> {
    return Promise.all(
      replicas.flatMap(replica =>
        Array.from({ length: each }, () => replica.take(credential)),
      ),
    );
  }

  /** Saves a credential of each kind that needs no provider. */
  async keyed(): Promise<KeyedCredential[]> {
    return Promise.all([
      KeyedCredential.save(this.site, 'static'),
      KeyedCredential.save(this.site, 'jwt'),
    ]);
  }

  /** Calls each replica for each credential, and counts the callers that get what its current secret makes. */
  async takeKeyed(
    replicas: Replica[],
    credentials: KeyedCredential[],
    each = 3,
  ): Promise<{ all: Taken[]; served: number }> {
    const all: Taken[] = [];
    let served = 0;
    for (const credential of credentials) {
      const taken = await this.takeAll(replicas, credential, each);
      const current = await Promise.all(
        taken.map(one => credential.isServed(one)),
      );
      all.push(...taken);
      served += current.filter(Boolean).length;
    }
    return { all, served };
  }

  /** Records the results of callers of such credentials, and checks that nothing leaked. */
  noteKeyed(
    since: () => Since,
    credentials: KeyedCredential[],
    taken: Taken[],
  ): void {
    this.tally.add(since(), taken, { lost: false, isPersonal: false });
    expectNoLeak(this.site, credentials, taken);
  }

  /** Returns the results of the callers, the requests to the provider, and the state of the row. */
  async outcome(
    since: () => Since,
    credential: SavedCredential,
    taken: Taken[],
  ) {
    const seen = since();
    const row = await this.site.row(credential);
    this.tally.add(seen, taken, {
      lost: row.state !== 'live',
      isPersonal: row.key.isPersonal,
    });
    const tokens = new Set(taken.map(({ accessToken }) => accessToken));
    const [token] = tokens;
    return {
      // Prints the reason of an unexpected result.
      statuses: [
        ...new Set(
          taken.map(({ status, code }) =>
            status < 500 || status === 503 ? status : `${status} ${code}`,
          ),
        ),
      ],
      tokens: tokens.size,
      works: token !== undefined && (await this.site.works(token, credential)),
      isStored: token !== undefined && tokenHash(token) === row.accessHash,
      calls: seen.calls.length,
      rotations: seen.rotations,
      reuses: seen.reuses,
      state: row.state,
      reason: row.reason,
      generation: row.generation,
      isPending: (row.presentedGeneration ?? row.leaseUntil) !== undefined,
    };
  }
}
