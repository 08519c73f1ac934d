import { setTimeout as sleep } from 'node:timers/promises';
import { BrokerMoment } from '../credentials/TokenBroker';
import { Chance } from '../__testUtils__/Chance';
import { eventually } from '../__testUtils__/eventually';
import {
  Fleet,
  HEARD_WITHIN,
  INTERRUPTED,
  PUT_OFF,
  RENEWED_ONCE,
} from './__testUtils__/Fleet';
import { Fault, SavedCredential } from './__testUtils__/Installation';
import { EXPIRIES, MAX_EXPIRIES, SEEDS } from './__testUtils__/seeds';

jest.setTimeout(120_000 + MAX_EXPIRIES * 200);

const MOMENTS: BrokerMoment[] = [
  'intent',
  'send',
  'response',
  'commit',
  'committed',
];
/** Ways to lose a response after the provider has processed the request. */
const LOST_ANSWERS: Array<[string, Fault]> = [
  ['hangs', 'hangs'],
  ['closes in the middle of the body', 'closes'],
  ['a gateway returns 502', 'gateway'],
];

describe('replicas on POSTGRES_18', () => {
  const fleet = new Fleet();

  describe.each(SEEDS)('seed %i', seed => {
    const chance = Chance.of(seed);

    describe('the database', () => {
      it.each(MOMENTS)(
        'I3: cuts all connections at %s, and nothing is lost',
        async moment => {
          const credential = await fleet.expired(chance);
          const [victim, ...others] = fleet.cast(chance);
          const since = fleet.site.mark();
          const { taken } = await fleet.held(victim, credential, moment);
          await fleet.site.terminateConnections();
          await sleep(chance.between(0, 50));
          victim.go();
          // A caller whose connection was cut may have to retry.
          await taken;
          const served = await fleet.takeAll([victim, ...others], credential);
          expect(await fleet.outcome(since, credential, served)).toEqual(
            RENEWED_ONCE,
          );
        },
      );

      it('is unavailable for a while, as in a restart, and stores the token afterwards', async () => {
        const credential = await fleet.expired(chance);
        const [victim, ...others] = fleet.cast(chance);
        const since = fleet.site.mark();
        const { taken } = await fleet.held(victim, credential, 'commit');
        fleet.site.proxies.forEach(proxy => proxy.refuse());
        victim.go();
        await sleep(chance.between(1_000, 2_500));
        fleet.site.proxies.forEach(proxy => proxy.accept());
        const served = [
          await taken,
          ...(await fleet.takeAll(others, credential)),
        ];
        expect(await fleet.outcome(since, credential, served)).toEqual(
          RENEWED_ONCE,
        );
      });

      it('moment 5: loses the reply to the COMMIT of a token', async () => {
        const credential = await fleet.expired(chance);
        const [victim, ...others] = fleet.cast(chance);
        const since = fleet.site.mark();
        const lost = fleet.site.proxyOf(victim).loseReplyTo('"attempt_id" =');
        const taken = victim.take(credential);
        await lost;
        const served = [
          await taken,
          ...(await fleet.takeAll(others, credential)),
        ];
        expect(await fleet.outcome(since, credential, served)).toEqual(
          RENEWED_ONCE,
        );
        expect((await fleet.site.row(credential)).sealedSpare).toBeUndefined();
      });

      it('I1: loses the reply to the COMMIT of an intent: nothing is sent, and its own lease blocks nobody', async () => {
        const credential = await fleet.expired(chance);
        const [victim] = fleet.cast(chance);
        const since = fleet.site.mark();
        const lost = fleet.site.proxyOf(victim).loseReplyTo('"presented_at" =');
        const taken = victim.take(credential);
        await lost;
        expect((await taken).code).toBe('datasource_unavailable');
        expect(since().calls).toHaveLength(0);
        // If the lease blocked its owner, the call would time out.
        await fleet.site.keepLeases();
        const served = [await victim.take(credential)];
        expect(await fleet.outcome(since, credential, served)).toEqual(
          RENEWED_ONCE,
        );
      });

      it('I8, moment 6: fails over to a standby that had not seen the last commit', async () => {
        const credential = await fleet.expired(chance);
        const replicas = fleet.cast(chance);
        const rows = fleet.site.knex('credentials').where({
          datasource_id: credential.id,
        });
        const [before] = await rows.clone();
        const since = fleet.site.mark();
        const [first] = await fleet.takeAll(replicas, credential, 1);
        await sleep(chance.between(0, 300));
        await rows.clone().update(before);
        await fleet.site.expire(credential.id);
        const again = await fleet.takeAll(replicas, credential);
        expect(again[0].accessToken).toBe(first.accessToken);
        expect(await fleet.outcome(since, credential, again)).toEqual(
          RENEWED_ONCE,
        );
        // The token works, and can be refreshed once all replicas have noticed that it expired.
        await fleet.site.expire(credential.id);
        await sleep(HEARD_WITHIN);
        const renewed = await fleet.takeAll(replicas, credential);
        expect(await fleet.outcome(since, credential, renewed)).toEqual({
          ...RENEWED_ONCE,
          ...{ calls: 2, rotations: 2, generation: 3 },
        });
      });

      it('moment 12: loses its notifications, and nothing depends on them', async () => {
        const credential = await fleet.expired(chance);
        const replicas = fleet.cast(chance);
        await fleet.site.cutListeners();
        const since = fleet.site.mark();
        const served = await fleet.takeAll(replicas, credential);
        expect(await fleet.outcome(since, credential, served)).toEqual(
          RENEWED_ONCE,
        );
      });

      it('moment 11: stops responding on open connections, and accepts new ones', async () => {
        const credential = await fleet.expired(chance);
        const [victim, ...others] = fleet.cast(chance);
        const since = fleet.site.mark();
        const { taken } = await fleet.held(victim, credential, 'commit');
        fleet.site.proxyOf(victim).stall();
        victim.go();
        const served = [
          await taken,
          ...(await fleet.takeAll(others, credential)),
        ];
        expect(await fleet.outcome(since, credential, served)).toEqual(
          RENEWED_ONCE,
        );
      });
    });

    describe('the database of a key or a JWT', () => {
      it('N1, N3, moment 12: cuts all connections and notifications: it is served, and no older JWT after a new secret', async () => {
        const credentials = await fleet.keyed();
        const replicas = fleet.cast(chance);
        const since = fleet.site.mark();
        const first = await fleet.takeKeyed(replicas, credentials, 1);
        expect(first.served).toBe(first.all.length);
        fleet.site.proxies.forEach(proxy => proxy.refuse());
        // Remembered ones are served without the database. All others are told to retry.
        const { all } = await fleet.takeKeyed(replicas, credentials, 1);
        for (const { status } of all) expect([200, 503]).toContain(status);
        for (const credential of credentials) await credential.enterSecret();
        fleet.site.proxies.forEach(proxy => proxy.accept());
        await eventually(async () => {
          const next = await fleet.takeKeyed(replicas, credentials, 1);
          expect(next.served).toBe(next.all.length);
        }, HEARD_WITHIN);
        const next = await fleet.takeKeyed(replicas, credentials);
        expect(next.served).toBe(next.all.length);
        expect(since().calls).toEqual([]);
        fleet.noteKeyed(since, credentials, [...first.all, ...next.all]);
      });
    });

    describe('the provider', () => {
      // A replica with several failures in a row doesn't call the host for a while, until a success.
      beforeEach(async () => {
        for (const replica of fleet.site.replicas) {
          await replica.take(await fleet.site.expired());
        }
      });

      it('moment 10: is slow, and is called once', async () => {
        const credential = await fleet.expired(chance);
        fleet.site.provider.setFaults({
          tokenDelayMs: chance.between(500, 1_200),
        });
        const since = fleet.site.mark();
        const served = await fleet.takeAll(fleet.cast(chance), credential, 10);
        expect(await fleet.outcome(since, credential, served)).toEqual(
          RENEWED_ONCE,
        );
      });

      it.each([
        ['is overloaded', { tokenStatus: 503 }],
        ['limits', { tokenStatus: 429, retryAfter: 2 }],
        ['fails', { tokenStatus: 500 }],
      ])('[checklist 38]: %s, and gets a cooldown', async (_, fault) => {
        const credential = await fleet.expired(chance);
        const replicas = fleet.cast(chance);
        fleet.site.provider.setFaults({ ...fault, times: 1 });
        const since = fleet.site.mark();
        const failed = await fleet.takeAll(replicas, credential);
        expect(await fleet.outcome(since, credential, failed)).toMatchObject({
          ...{ ...PUT_OFF, rotations: 0, isPending: false },
        });
        await fleet.site.expire(credential.id);
        const served = await fleet.takeAll(replicas, credential);
        expect(await fleet.outcome(since, credential, served)).toEqual({
          ...RENEWED_ONCE,
          calls: 2,
        });
      });

      it('moment 9, moment 11: never responds and did nothing: the token is sent again after the cooldown', async () => {
        const credential = await fleet.expired(chance);
        const replicas = fleet.cast(chance);
        fleet.site.provider.setFaults({ hangToken: 'request', times: 1 });
        const since = fleet.site.mark();
        const failed = await fleet.takeAll(replicas, credential);
        expect(await fleet.outcome(since, credential, failed)).toMatchObject({
          ...{ ...PUT_OFF, rotations: 0, isPending: true },
        });
        await fleet.site.expire(credential.id);
        const served = await fleet.takeAll(replicas, credential);
        expect(await fleet.outcome(since, credential, served)).toEqual({
          ...RENEWED_ONCE,
          calls: 2,
        });
      });

      it.each(LOST_ANSWERS)(
        'moment 9, [checklist 37]: rotates and %s: the token is sent once more, and the reason is accurate',
        async (_, fault) => {
          const credential = await fleet.expired(chance);
          const replicas = fleet.cast(chance);
          const since = fleet.site.mark();
          fleet.site.break(fault);
          const failed = await fleet.takeAll(replicas, credential);
          expect(await fleet.outcome(since, credential, failed)).toMatchObject({
            ...{ ...PUT_OFF, rotations: 1, isPending: true },
          });
          await fleet.site.expire(credential.id);
          const ended = await fleet.takeAll(replicas, credential);
          expect(await fleet.outcome(since, credential, ended)).toEqual(
            INTERRUPTED,
          );
        },
      );

      it.each(LOST_ANSWERS)(
        'moment 9: rotates and %s: loses nothing with a grace period',
        async (_, fault) => {
          fleet.site.door.grace = true;
          const credential = await fleet.expired(chance);
          const replicas = fleet.cast(chance);
          const since = fleet.site.mark();
          fleet.site.break(fault);
          await fleet.takeAll(replicas, credential);
          await fleet.site.expire(credential.id);
          const served = await fleet.takeAll(replicas, credential);
          expect(await fleet.outcome(since, credential, served)).toEqual({
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
          await fleet.site.knex('credentials').update({ refresh_due_at: null });
          const credentials: SavedCredential[] = [];
          for (let index = 0; index < count; index += 1) {
            credentials.push(await fleet.site.expired());
          }
          fleet.site.door.burst = Math.min(50, count / 2);
          const since = fleet.site.mark();
          const left = () =>
            fleet.site
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
          // A round passes over those whose back-off hasn't ended.
          let remaining = count;
          let roundsInVain = 0;
          while (remaining > 0 && roundsInVain < 30) {
            await chance.oneOf(fleet.site.replicas).run('sweeper');
            const { length } = await left();
            roundsInVain = length < remaining ? 0 : roundsInVain + 1;
            remaining = length;
            await sleep(1_000);
          }
          expect(await left()).toEqual([]);
          const seen = since();
          fleet.tally.add(seen, [], { lost: false, isPersonal: false });
          expect(seen).toMatchObject({ rotations: count, reuses: 0 });
          expect(seen.calls.map(({ status }) => status)).toContain(429);
          // Callers that are told to wait do wait: they don't reach the limit again and again.
          expect(seen.calls.length).toBeLessThan(2 * count);
          const granted = seen.calls.filter(({ status }) => status === 200);
          expect(new Set(granted.map(({ presented }) => presented)).size).toBe(
            count,
          );
          for (const credential of chance.shuffled(credentials).slice(0, 5)) {
            const [replica] = fleet.cast(chance);
            const served = await replica.take(credential);
            expect(await fleet.site.works(served.accessToken, credential)).toBe(
              true,
            );
          }
        },
      );
    });
  });
});
