import { setTimeout as sleep } from 'node:timers/promises';
import { Chance } from '../__testUtils__/Chance';
import { eventually } from '../__testUtils__/eventually';
import { readDatabaseClock } from '../database/database';
import {
  AFTER_ROTATION,
  BEFORE_WIRE,
  Fleet,
  HEARD_WITHIN,
  INTERRUPTED,
  RENEWED_ONCE,
} from './__testUtils__/Fleet';
import { MAX_EXPIRIES, SEEDS } from './__testUtils__/seeds';

jest.setTimeout(120_000 + MAX_EXPIRIES * 200);

describe('replicas on POSTGRES_18', () => {
  const fleet = new Fleet();

  describe.each(SEEDS)('seed %i', seed => {
    const chance = Chance.of(seed);

    it('I2, threats 21, [checklist 36]: 50 callers on three replicas cause one request, and all get its token', async () => {
      const credential = await fleet.expired(chance);
      const [, ...replicas] = fleet.cast(chance);
      const since = fleet.site.mark();
      const taken = await fleet.takeAll(replicas, credential, 17);
      expect(await fleet.outcome(since, credential, taken)).toEqual(
        RENEWED_ONCE,
      );
      expect(since().presented).toEqual([credential.refreshHash]);
    });

    describe('threats 20: kill -9', () => {
      it.each(BEFORE_WIRE)(
        'I1: at %s loses nothing: nothing was sent, and another replica sends it',
        async moment => {
          const credential = await fleet.expired(chance);
          const [victim, ...others] = fleet.cast(chance);
          const since = fleet.site.mark();
          const { taken } = await fleet.held(victim, credential, moment);
          expect((await fleet.site.row(credential)).presentedGeneration).toBe(
            1,
          );
          await sleep(chance.between(0, 50));
          await fleet.kill(victim);
          expect(await taken).toEqual({ status: 0 });
          expect(since().calls).toHaveLength(0);
          const served = await fleet.takeAll(others, credential);
          expect(await fleet.outcome(since, credential, served)).toEqual(
            RENEWED_ONCE,
          );
        },
      );

      it.each(AFTER_ROTATION)(
        'moment 4: at %s, without grace, ends the credential with one accurate reason, and nothing else',
        async moment => {
          const credential = await fleet.expired(chance);
          const [victim, ...others] = fleet.cast(chance);
          const since = fleet.site.mark();
          await fleet.held(victim, credential, moment);
          await fleet.kill(victim);
          const taken = await fleet.takeAll(others, credential);
          expect(await fleet.outcome(since, credential, taken)).toEqual(
            INTERRUPTED,
          );
          expect(since().presented).toEqual([
            credential.refreshHash,
            credential.refreshHash,
          ]);
        },
      );

      it.each(AFTER_ROTATION)(
        'moment 4: at %s loses nothing with a grace period',
        async moment => {
          fleet.site.door.grace = true;
          const credential = await fleet.expired(chance);
          const [victim, ...others] = fleet.cast(chance);
          const since = fleet.site.mark();
          await fleet.held(victim, credential, moment);
          await fleet.kill(victim);
          const taken = await fleet.takeAll(others, credential);
          expect(await fleet.outcome(since, credential, taken)).toEqual({
            ...RENEWED_ONCE,
            calls: 2,
          });
        },
      );

      it('I3: after the commit loses nothing: the token was stored before it was returned', async () => {
        const credential = await fleet.expired(chance);
        const [victim, ...others] = fleet.cast(chance);
        const since = fleet.site.mark();
        await fleet.held(victim, credential, 'committed');
        await fleet.kill(victim);
        const taken = await fleet.takeAll(others, credential);
        expect(await fleet.outcome(since, credential, taken)).toEqual(
          RENEWED_ONCE,
        );
      });
    });

    it('N1, N3: kill -9 of the replica that serves a key or a JWT first: others serve it, and no older one after a new secret or Clear', async () => {
      const credentials = await fleet.keyed();
      const [victim, ...others] = fleet.cast(chance);
      const since = fleet.site.mark();
      const first = credentials.map(({ name }) => victim.take({ name }));
      await sleep(chance.between(0, 50));
      await fleet.kill(victim);
      await Promise.all(first);
      const taken = await fleet.takeKeyed(others, credentials);
      expect(taken.served).toBe(taken.all.length);

      // Each of the others remembers what it served.
      for (const credential of credentials) {
        await credential.enterSecret();
        await credential.announce();
      }
      await eventually(async () => {
        const { all, served } = await fleet.takeKeyed(others, credentials, 1);
        expect(served).toBe(all.length);
      }, HEARD_WITHIN);
      const next = await fleet.takeKeyed(others, credentials);
      expect(next.served).toBe(next.all.length);

      for (const credential of credentials) {
        await credential.clear();
        await credential.announce();
      }
      await eventually(async () => {
        const { all } = await fleet.takeKeyed(others, credentials, 1);
        expect(new Set(all.map(({ status }) => status))).toEqual(
          new Set([409]),
        );
      }, HEARD_WITHIN);
      const ended = await fleet.takeKeyed(others, credentials);
      expect(ended.all.map(({ status }) => status)).not.toContain(200);
      expect(since().calls).toEqual([]);
      fleet.noteKeyed(since, credentials, [
        ...[...taken.all, ...next.all, ...ended.all],
      ]);
    });

    describe('callers and replicas that leave', () => {
      it('I7, moment 3: the first caller leaves, and the refresh continues for later callers', async () => {
        const credential = await fleet.expired(chance);
        const [victim, ...others] = fleet.cast(chance);
        const since = fleet.site.mark();
        const abort = new AbortController();
        const arrived = victim.stopAt('response');
        const first = victim.take(credential, { signal: abort.signal });
        await arrived;
        abort.abort();
        expect(await first).toEqual({ status: 0 });
        await sleep(chance.between(0, 100));
        victim.go();
        const served = await fleet.takeAll([victim, ...others], credential);
        expect(await fleet.outcome(since, credential, served)).toEqual(
          RENEWED_ONCE,
        );
      });

      it.each(['send', 'response', 'commit'] as const)(
        'moment 20: SIGTERM at %s waits for the commit',
        async moment => {
          const credential = await fleet.expired(chance);
          const [victim, ...others] = fleet.cast(chance);
          const since = fleet.site.mark();
          await fleet.held(victim, credential, moment);
          const exit = victim.terminate();
          // Less than the time limit for sending a request.
          await sleep(chance.between(50, 200));
          expect(victim.alive).toBe(true);
          victim.go();
          expect(await exit).toBe(0);
          await fleet.site.replace(victim);
          const served = await fleet.takeAll(others, credential);
          expect(await fleet.outcome(since, credential, served)).toEqual(
            RENEWED_ONCE,
          );
        },
      );

      it('moment 13: a clock that is half a minute off refreshes neither early nor late', async () => {
        const credential = await fleet.expired(chance);
        const replicas = fleet.cast(chance);
        const since = fleet.site.mark();
        const before = await readDatabaseClock(fleet.site.knex);
        const served = await fleet.takeAll(replicas, credential, 1);
        const after = await readDatabaseClock(fleet.site.knex);
        expect(await fleet.outcome(since, credential, served)).toEqual(
          RENEWED_ONCE,
        );
        const row = await fleet.site.row(credential);
        expect(row.expiresAt! - row.obtainedAt!).toBe(3_600_000);
        expect(row.obtainedAt).toBeGreaterThanOrEqual(before);
        expect(row.obtainedAt).toBeLessThanOrEqual(after);
        // Ten minutes before its expiry, it is fresh by every clock.
        await fleet.site.observer.age(credential.id, 50 * 60_000);
        await fleet.site.observer.feed.announce({
          datasourceId: credential.id,
        });
        await fleet.takeAll(replicas, credential);
        expect(since().calls).toHaveLength(1);
      });
    });
  });
});
