import { setTimeout as sleep } from 'node:timers/promises';
import { Chance } from '../__testUtils__/Chance';
import {
  AFTER_ROTATION,
  BEFORE_WIRE,
  Fleet,
  RENEWED_ONCE,
} from './__testUtils__/Fleet';
import { LEASE } from './__testUtils__/Installation';
import { MAX_EXPIRIES, SEEDS } from './__testUtils__/seeds';

jest.setTimeout(120_000 + MAX_EXPIRIES * 200);

describe('replicas on POSTGRES_18', () => {
  const fleet = new Fleet();

  describe.each(SEEDS)('seed %i', seed => {
    const chance = Chance.of(seed);

    describe('SIGSTOP', () => {
      it.each(BEFORE_WIRE)(
        'I2: past the lease at %s: another replica sends, and the resumed one does not',
        async moment => {
          const credential = await fleet.expired(chance);
          const [victim, ...others] = fleet.cast(chance);
          const since = fleet.site.mark();
          const { taken } = await fleet.held(victim, credential, moment);
          victim.freeze();
          const served = await fleet.takeAll(others, credential);
          await sleep(chance.between(0, 300));
          victim.go();
          victim.thaw();
          served.push(await taken);
          expect(await fleet.outcome(since, credential, served)).toEqual(
            RENEWED_ONCE,
          );
        },
      );

      it.each(AFTER_ROTATION)(
        'I4, moment 1: past the lease at %s: the resumed replica stores its response, even if another replica has the lease',
        async moment => {
          fleet.site.door.grace = true;
          const credential = await fleet.expired(chance);
          const [victim, other] = fleet.cast(chance);
          const since = fleet.site.mark();
          const { taken } = await fleet.held(victim, credential, moment);
          victim.freeze();
          await sleep(LEASE + 200);
          // The other replica has the lease now, and is held before its commit when the first one resumes.
          const second = await fleet.held(other, credential, 'commit');
          victim.go();
          victim.thaw();
          const served = [await taken];
          other.go();
          served.push(await second.taken);
          expect(await fleet.outcome(since, credential, served)).toEqual({
            ...RENEWED_ONCE,
            calls: 2,
          });
          expect((await fleet.site.row(credential)).sealedSpare).toBeDefined();
        },
      );

      it('shorter than the lease: no replica takes over, nothing is lost', async () => {
        const credential = await fleet.expired(chance);
        const [victim, ...others] = fleet.cast(chance);
        const since = fleet.site.mark();
        const { taken } = await fleet.held(victim, credential, 'response');
        victim.freeze();
        const waiting = fleet.takeAll(others, credential);
        await sleep(chance.between(500, LEASE / 2));
        victim.go();
        victim.thaw();
        const served = [await taken, ...(await waiting)];
        expect(await fleet.outcome(since, credential, served)).toEqual(
          RENEWED_ONCE,
        );
      });

      it('moment 2: a response in the socket is read although all timers are due', async () => {
        const credential = await fleet.expired(chance);
        const [victim] = fleet.cast(chance);
        fleet.site.provider.setFaults({ answerDelayMs: 400 });
        const since = fleet.site.mark();
        const sent = fleet.site.door.nextCall();
        const taken = victim.take(credential);
        await sent;
        victim.freeze();
        // Longer than the timeout for the first byte, shorter than the lease.
        await sleep(LEASE * 0.75);
        victim.thaw();
        const served = [await taken];
        expect(await fleet.outcome(since, credential, served)).toEqual(
          RENEWED_ONCE,
        );
      });
    });
  });
});
