import { setTimeout as sleep } from 'node:timers/promises';
import { tokenHash } from 'demo-provider';
import { BrokerMoment } from '../credentials/TokenBroker';
import {
  Fault,
  Installation,
  LEASE,
  SavedCredential,
  Since,
} from './__testUtils__/Installation';
import { postgresUrl } from './__testUtils__/postgresUrl';
import { Replica, Taken } from './__testUtils__/Replica';
import { Chance } from '../__testUtils__/Chance';
import { EXPIRIES, MAX_EXPIRIES, SEEDS } from './__testUtils__/seeds';
import { Tally } from './__testUtils__/Tally';

const POSTGRES = postgresUrl();

jest.setTimeout(120_000 + MAX_EXPIRIES * 200);

/** When a replica notices a change although it has just lost its notifications: it polls every two seconds. */
const HEARD_WITHIN = 4_000;

const MOMENTS: BrokerMoment[] = [
  'intent',
  'send',
  'answer',
  'commit',
  'committed',
];
/** Before sending nothing is lost, and after the commit nothing either. */
const BEFORE_WIRE: BrokerMoment[] = ['intent', 'send'];
const AFTER_ROTATION: BrokerMoment[] = ['answer', 'commit'];
/** Ways in which a provider does everything but its response is lost. */
const LOST_ANSWERS: Array<[string, Fault]> = [
  ['hangs', 'hangs'],
  ['closes in the middle of the body', 'closes'],
  ['a gateway returns 502', 'gateway'],
];

/*
 * Four real backends on one PostgreSQL, two of them with clocks that are half a minute off, and a provider that rotates
 * refresh tokens and ends the family when a used one is presented again. A test holds the exchange at a named moment,
 * and then breaks something.
 */
describe('replicas on POSTGRES_18', () => {
  let site: Installation;
  const tally = new Tally({ place: 'PostgreSQL, 4 replicas' });

  beforeAll(async () => {
    site = await Installation.start({ postgres: POSTGRES, replicas: 4 });
  });
  afterAll(async () => {
    await site?.stop();
    tally.write();
  });
  beforeEach(async () => {
    site.provider.setFaults({});
    site.door.behave();
    // Replicas that the previous test killed are back.
    await Promise.all(site.replicas.map(each => each.ready));
  });

  /** Replicas of this run: the affected one, and the others. */
  function cast(chance: Chance): [Replica, ...Replica[]] {
    return chance.shuffled(site.replicas) as [Replica, ...Replica[]];
  }

  /** Lets a replica start a renewal, and holds it at a moment. */
  async function held(
    replica: Replica,
    credential: SavedCredential,
    moment: BrokerMoment,
  ): Promise<{ taken: Promise<Taken> }> {
    const arrived = replica.stopAt(moment);
    const taken = replica.take(credential.name);
    await arrived;
    return { taken };
  }

  /** Kills a replica and starts another one, while the test continues. */
  async function kill(replica: Replica): Promise<void> {
    await replica.kill();
    await site.replace(replica);
  }

  function takeAll(
    replicas: Replica[],
    { name }: SavedCredential,
    each = 3,
  ): Promise<Taken[]> {
    return Promise.all(
      replicas.flatMap(replica =>
        Array.from({ length: each }, () => replica.take(name)),
      ),
    );
  }

  /** What the callers got, what the provider received, and the state of the row. */
  async function outcome(
    since: () => Since,
    credential: SavedCredential,
    taken: Taken[],
  ) {
    const seen = since();
    const row = await site.row(credential.id);
    tally.add(seen, taken, { lost: row.state !== 'live' });
    const tokens = new Set(taken.map(({ accessToken }) => accessToken));
    const [token] = tokens;
    return {
      // An unexpected result gives its reason.
      statuses: [
        ...new Set(
          taken.map(({ status, code }) =>
            status < 500 || status === 503 ? status : `${status} ${code}`,
          ),
        ),
      ],
      tokens: tokens.size,
      works: token !== undefined && (await site.accepts(token)),
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

  /** Everyone has the one new token, which works and is in the database, and the provider was called once for it. */
  const RENEWED_ONCE = {
    ...{ statuses: [200], tokens: 1, works: true, isStored: true },
    ...{ calls: 1, rotations: 1, reuses: 0 },
    ...{ state: 'live', reason: undefined, generation: 2, isPending: false },
  };
  /**
   * What can't be avoided: the provider's response is lost, and it ends the family when its token is presented again.
   */
  const INTERRUPTED = {
    ...{ statuses: [409], tokens: 1, works: false, isStored: false },
    ...{ calls: 2, rotations: 1, reuses: 1 },
    ...{ state: 'refused', reason: 'no_response', generation: 1 },
    isPending: false,
  };
  /** Callers must retry, and nothing is lost. */
  const PUT_OFF = {
    ...{ statuses: [503], tokens: 1, works: false, isStored: false },
    ...{ calls: 1, reuses: 0, state: 'live', generation: 1 },
  };

  describe.each(SEEDS)('seed %i', seed => {
    const chance = Chance.of(seed);

    it('I2, threats 21, [checklist 36]: 50 callers on three replicas cause one request, and all get its token', async () => {
      const credential = await site.expired();
      const [, ...replicas] = cast(chance);
      const since = site.mark();
      const taken = await takeAll(replicas, credential, 17);
      expect(await outcome(since, credential, taken)).toEqual(RENEWED_ONCE);
      expect(since().presented).toEqual([credential.refreshHash]);
    });

    describe('threats 20: kill -9', () => {
      it.each(BEFORE_WIRE)(
        'I1: at %s loses nothing: nothing was sent, and another replica sends it',
        async moment => {
          const credential = await site.expired();
          const [victim, ...others] = cast(chance);
          const since = site.mark();
          const { taken } = await held(victim, credential, moment);
          expect((await site.row(credential.id)).presentedGeneration).toBe(1);
          await sleep(chance.between(0, 50));
          await kill(victim);
          expect(await taken).toEqual({ status: 0 });
          expect(since().calls).toHaveLength(0);
          const served = await takeAll(others, credential);
          expect(await outcome(since, credential, served)).toEqual(
            RENEWED_ONCE,
          );
        },
      );

      it.each(AFTER_ROTATION)(
        'moment 4: at %s, without grace, ends the credential with one accurate reason, and nothing else',
        async moment => {
          const credential = await site.expired();
          const [victim, ...others] = cast(chance);
          const since = site.mark();
          await held(victim, credential, moment);
          await kill(victim);
          const taken = await takeAll(others, credential);
          expect(await outcome(since, credential, taken)).toEqual(INTERRUPTED);
          expect(since().presented).toEqual([
            credential.refreshHash,
            credential.refreshHash,
          ]);
        },
      );

      it.each(AFTER_ROTATION)(
        'moment 4: at %s loses nothing with a grace period',
        async moment => {
          site.door.grace = true;
          const credential = await site.expired();
          const [victim, ...others] = cast(chance);
          const since = site.mark();
          await held(victim, credential, moment);
          await kill(victim);
          const taken = await takeAll(others, credential);
          expect(await outcome(since, credential, taken)).toEqual({
            ...RENEWED_ONCE,
            calls: 2,
          });
        },
      );

      it('I3: after the commit loses nothing: the token was stored before it was returned', async () => {
        const credential = await site.expired();
        const [victim, ...others] = cast(chance);
        const since = site.mark();
        await held(victim, credential, 'committed');
        await kill(victim);
        const taken = await takeAll(others, credential);
        expect(await outcome(since, credential, taken)).toEqual(RENEWED_ONCE);
      });
    });

    describe('SIGSTOP', () => {
      it.each(BEFORE_WIRE)(
        'I2: past the lease at %s: another replica sends, and the resumed one does not',
        async moment => {
          const credential = await site.expired();
          const [victim, ...others] = cast(chance);
          const since = site.mark();
          const { taken } = await held(victim, credential, moment);
          victim.freeze();
          const served = await takeAll(others, credential);
          await sleep(chance.between(0, 300));
          victim.go();
          victim.thaw();
          served.push(await taken);
          expect(await outcome(since, credential, served)).toEqual(
            RENEWED_ONCE,
          );
        },
      );

      it.each(AFTER_ROTATION)(
        'I4, moment 1: past the lease at %s: the resumed replica stores its response, even if another replica has the lease',
        async moment => {
          site.door.grace = true;
          const credential = await site.expired();
          const [victim, other] = cast(chance);
          const since = site.mark();
          const { taken } = await held(victim, credential, moment);
          victim.freeze();
          await sleep(LEASE + 200);
          // The other replica has the lease now, and is held before its commit when the first one resumes.
          const second = await held(other, credential, 'commit');
          victim.go();
          victim.thaw();
          const served = [await taken];
          other.go();
          served.push(await second.taken);
          expect(await outcome(since, credential, served)).toEqual({
            ...RENEWED_ONCE,
            calls: 2,
          });
          expect((await site.row(credential.id)).sealedSpare).toBeDefined();
        },
      );

      it('shorter than the lease: no replica takes over, nothing is lost', async () => {
        const credential = await site.expired();
        const [victim, ...others] = cast(chance);
        const since = site.mark();
        const { taken } = await held(victim, credential, 'answer');
        victim.freeze();
        const waiting = takeAll(others, credential);
        await sleep(chance.between(500, LEASE / 2));
        victim.go();
        victim.thaw();
        const served = [await taken, ...(await waiting)];
        expect(await outcome(since, credential, served)).toEqual(RENEWED_ONCE);
      });

      it('moment 2: a response in the socket is read although all timers are due', async () => {
        const credential = await site.expired();
        const [victim] = cast(chance);
        site.provider.setFaults({ answerDelayMs: 400 });
        const since = site.mark();
        const sent = site.door.nextCall();
        const taken = victim.take(credential.name);
        await sent;
        victim.freeze();
        // Longer than the first byte may take, shorter than the lease.
        await sleep(LEASE * 0.75);
        victim.thaw();
        const served = [await taken];
        expect(await outcome(since, credential, served)).toEqual(RENEWED_ONCE);
      });
    });

    describe('the database', () => {
      it.each(MOMENTS)(
        'I3: cuts all connections at %s, and nothing is lost',
        async moment => {
          const credential = await site.expired();
          const [victim, ...others] = cast(chance);
          const since = site.mark();
          const { taken } = await held(victim, credential, moment);
          await site.terminateConnections();
          await sleep(chance.between(0, 50));
          victim.go();
          // A caller whose connection was cut may have to retry.
          await taken;
          const served = await takeAll([victim, ...others], credential);
          expect(await outcome(since, credential, served)).toEqual(
            RENEWED_ONCE,
          );
        },
      );

      it('is unavailable for a while, as in a restart, and stores the token afterwards', async () => {
        const credential = await site.expired();
        const [victim, ...others] = cast(chance);
        const since = site.mark();
        const { taken } = await held(victim, credential, 'commit');
        site.proxies.forEach(proxy => proxy.refuse());
        victim.go();
        await sleep(chance.between(1_000, 2_500));
        site.proxies.forEach(proxy => proxy.accept());
        const served = [await taken, ...(await takeAll(others, credential))];
        expect(await outcome(since, credential, served)).toEqual(RENEWED_ONCE);
      });

      it('moment 5: loses the reply to the COMMIT of a token', async () => {
        const credential = await site.expired();
        const [victim, ...others] = cast(chance);
        const since = site.mark();
        const lost = site.proxyOf(victim).loseReplyTo('"attempt_id" =');
        const taken = victim.take(credential.name);
        await lost;
        const served = [await taken, ...(await takeAll(others, credential))];
        expect(await outcome(since, credential, served)).toEqual(RENEWED_ONCE);
        expect((await site.row(credential.id)).sealedSpare).toBeUndefined();
      });

      it('I1: loses the reply to the COMMIT of an intent: nothing is sent, and its own lease blocks nobody', async () => {
        const credential = await site.expired();
        const [victim] = cast(chance);
        const since = site.mark();
        const lost = site.proxyOf(victim).loseReplyTo('"presented_at" =');
        const taken = victim.take(credential.name);
        await lost;
        expect((await taken).code).toBe('datasource_unavailable');
        expect(since().calls).toHaveLength(0);
        const start = performance.now();
        const served = [await victim.take(credential.name)];
        expect(performance.now() - start).toBeLessThan(LEASE);
        expect(await outcome(since, credential, served)).toEqual(RENEWED_ONCE);
      });

      it('I8, moment 6: fails over to a standby that had not seen the last commit', async () => {
        const credential = await site.expired();
        const replicas = cast(chance);
        const rows = site.knex('credentials').where({
          datasource_id: credential.id,
        });
        const [before] = await rows.clone();
        const since = site.mark();
        const [first] = await takeAll(replicas, credential, 1);
        await sleep(chance.between(0, 300));
        await rows.clone().update(before);
        await site.expire(credential.id);
        const again = await takeAll(replicas, credential);
        expect(again[0].accessToken).toBe(first.accessToken);
        expect(await outcome(since, credential, again)).toEqual(RENEWED_ONCE);
        // And it works: it can be renewed, once all have noticed that it expired.
        await site.expire(credential.id);
        await sleep(HEARD_WITHIN);
        const renewed = await takeAll(replicas, credential);
        expect(await outcome(since, credential, renewed)).toEqual({
          ...RENEWED_ONCE,
          ...{ calls: 2, rotations: 2, generation: 3 },
        });
      });

      it('moment 12: loses its notifications, and nothing depends on them', async () => {
        const credential = await site.expired();
        const replicas = cast(chance);
        await site.cutListeners();
        const since = site.mark();
        const served = await takeAll(replicas, credential);
        expect(await outcome(since, credential, served)).toEqual(RENEWED_ONCE);
      });

      it('moment 11: stops responding on open connections, and accepts new ones', async () => {
        const credential = await site.expired();
        const [victim, ...others] = cast(chance);
        const since = site.mark();
        const { taken } = await held(victim, credential, 'commit');
        site.proxyOf(victim).stall();
        victim.go();
        const served = [await taken, ...(await takeAll(others, credential))];
        expect(await outcome(since, credential, served)).toEqual(RENEWED_ONCE);
      });
    });

    describe('the provider', () => {
      // A replica that had several failures in a row doesn't call the host for a while, until a success.
      beforeEach(async () => {
        for (const replica of site.replicas) {
          const { name } = await site.expired();
          await replica.take(name);
        }
      });

      it('moment 10: is slow, and is called once', async () => {
        const credential = await site.expired();
        site.provider.setFaults({ tokenDelayMs: chance.between(500, 1_200) });
        const since = site.mark();
        const served = await takeAll(cast(chance), credential, 10);
        expect(await outcome(since, credential, served)).toEqual(RENEWED_ONCE);
      });

      it.each([
        ['is overloaded', { tokenStatus: 503 }],
        ['limits', { tokenStatus: 429, retryAfter: 2 }],
        ['fails', { tokenStatus: 500 }],
      ])('[checklist 38]: %s, and gets a cooldown', async (_, fault) => {
        const credential = await site.expired();
        const replicas = cast(chance);
        site.provider.setFaults({ ...fault, times: 1 });
        const since = site.mark();
        const failed = await takeAll(replicas, credential);
        expect(await outcome(since, credential, failed)).toMatchObject({
          ...{ ...PUT_OFF, rotations: 0, isPending: false },
        });
        await site.expire(credential.id);
        const served = await takeAll(replicas, credential);
        expect(await outcome(since, credential, served)).toEqual({
          ...RENEWED_ONCE,
          calls: 2,
        });
      });

      it('moment 9, moment 11: never responds and did nothing: the token is sent again after the cooldown', async () => {
        const credential = await site.expired();
        const replicas = cast(chance);
        site.provider.setFaults({ hangToken: 'request', times: 1 });
        const since = site.mark();
        const failed = await takeAll(replicas, credential);
        expect(await outcome(since, credential, failed)).toMatchObject({
          ...{ ...PUT_OFF, rotations: 0, isPending: true },
        });
        await site.expire(credential.id);
        const served = await takeAll(replicas, credential);
        expect(await outcome(since, credential, served)).toEqual({
          ...RENEWED_ONCE,
          calls: 2,
        });
      });

      it.each(LOST_ANSWERS)(
        'moment 9, [checklist 37]: rotates and %s: the token is sent once more, and the reason is accurate',
        async (_, fault) => {
          const credential = await site.expired();
          const replicas = cast(chance);
          const since = site.mark();
          site.break(fault);
          const failed = await takeAll(replicas, credential);
          expect(await outcome(since, credential, failed)).toMatchObject({
            ...{ ...PUT_OFF, rotations: 1, isPending: true },
          });
          await site.expire(credential.id);
          const ended = await takeAll(replicas, credential);
          expect(await outcome(since, credential, ended)).toEqual(INTERRUPTED);
        },
      );

      it.each(LOST_ANSWERS)(
        'moment 9: rotates and %s: loses nothing with a grace period',
        async (_, fault) => {
          site.door.grace = true;
          const credential = await site.expired();
          const replicas = cast(chance);
          const since = site.mark();
          site.break(fault);
          await takeAll(replicas, credential);
          await site.expire(credential.id);
          const served = await takeAll(replicas, credential);
          expect(await outcome(since, credential, served)).toEqual({
            ...RENEWED_ONCE,
            calls: 2,
          });
        },
      );

      it.each([
        ['everything expires', EXPIRIES],
        ...(seed === SEEDS[0] && MAX_EXPIRIES !== EXPIRIES
          ? [[`${MAX_EXPIRIES} credentials expire`, MAX_EXPIRIES] as const]
          : []),
      ] as const)(
        'moment 10: limits its rate, and %s at once: all are refreshed, nothing is lost',
        async (_, count) => {
          // Credentials of earlier runs may be due as well.
          await site.knex('credentials').update({ refresh_due_at: null });
          const credentials: SavedCredential[] = [];
          for (let index = 0; index < count; index += 1) {
            credentials.push(await site.expired());
          }
          site.door.limitPerSecond = Math.min(50, count / 3);
          const since = site.mark();
          const left = () =>
            site
              .knex('credentials')
              .select(
                'state',
                'reason',
                'attempts',
                'last_error',
                'presented_generation',
                'refresh_due_at',
              )
              .whereIn(
                'datasource_id',
                credentials.map(({ id }) => id),
              )
              .where({ generation: 1 });
          const end = performance.now() + 60_000 + count * 50;
          while ((await left()).length > 0 && performance.now() < end) {
            await site.sweep();
            await sleep(1_000);
          }
          expect(await left()).toEqual([]);
          const seen = since();
          tally.add(seen, [], { lost: false });
          expect(seen).toMatchObject({ rotations: count, reuses: 0 });
          expect(seen.calls.map(({ status }) => status)).toContain(429);
          // Callers who are told to wait do wait: they don't hit the limit again and again.
          expect(seen.calls.length).toBeLessThan(2 * count);
          const granted = seen.calls.filter(({ status }) => status === 200);
          expect(new Set(granted.map(({ presented }) => presented)).size).toBe(
            count,
          );
          for (const credential of chance.shuffled(credentials).slice(0, 5)) {
            const [replica] = cast(chance);
            const served = await replica.take(credential.name);
            expect(await site.accepts(served.accessToken)).toBe(true);
          }
        },
      );
    });

    describe('callers and replicas that leave', () => {
      it('I7, moment 3: the first caller leaves, and the refresh continues for later callers', async () => {
        const credential = await site.expired();
        const [victim, ...others] = cast(chance);
        const since = site.mark();
        const abort = new AbortController();
        const arrived = victim.stopAt('answer');
        const first = victim.take(credential.name, { signal: abort.signal });
        await arrived;
        abort.abort();
        expect(await first).toEqual({ status: 0 });
        await sleep(chance.between(0, 100));
        victim.go();
        const served = await takeAll([victim, ...others], credential);
        expect(await outcome(since, credential, served)).toEqual(RENEWED_ONCE);
      });

      it.each(['send', 'answer', 'commit'] as const)(
        'moment 20: SIGTERM at %s waits for the commit',
        async moment => {
          const credential = await site.expired();
          const [victim, ...others] = cast(chance);
          const since = site.mark();
          await held(victim, credential, moment);
          const exit = victim.terminate();
          // Less than the time within which a request must be sent.
          await sleep(chance.between(50, 200));
          expect(victim.alive).toBe(true);
          victim.go();
          expect(await exit).toBe(0);
          await site.replace(victim);
          const served = await takeAll(others, credential);
          expect(await outcome(since, credential, served)).toEqual(
            RENEWED_ONCE,
          );
        },
      );

      it('moment 13: a clock that is half a minute off refreshes neither early nor late', async () => {
        const credential = await site.expired();
        const replicas = cast(chance);
        const since = site.mark();
        const served = await takeAll(replicas, credential, 1);
        expect(await outcome(since, credential, served)).toEqual(RENEWED_ONCE);
        const row = await site.row(credential.id);
        expect(row.expiresAt! - row.obtainedAt!).toBe(3_600_000);
        expect(Math.abs(row.obtainedAt! - row.readAt)).toBeLessThan(5_000);
        // Ten minutes before its end it is fresh for all of them, by any clock.
        await site.observer.age(credential.id, 50 * 60_000);
        await site.observer.feed.announce({ datasourceId: credential.id });
        await takeAll(replicas, credential);
        expect(since().calls).toHaveLength(1);
      });
    });
  });
});
