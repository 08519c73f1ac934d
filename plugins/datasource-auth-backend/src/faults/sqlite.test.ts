import { setTimeout as sleep } from 'node:timers/promises';
import { tokenHash } from 'demo-provider';
import { BrokerMoment } from '../credentials/TokenBroker';
import { SERVICE } from '../database/CredentialKey';
import { JANE } from './__testUtils__/accounts';
import { Installation, SavedCredential } from './__testUtils__/Installation';
import { expectNoLeak, KeyedCredential } from './__testUtils__/KeyedCredential';
import { Taken } from './__testUtils__/Replica';
import { Chance } from '../__testUtils__/Chance';
import { RUNS, SEEDS } from './__testUtils__/seeds';
import { Tally } from './__testUtils__/Tally';

jest.setTimeout(120_000);

/*
 * One real backend on a SQLite file, which is killed and restarted. No other replica takes over: it knows only what it
 * wrote.
 */
describe('a replica on SQLITE_3', () => {
  let site: Installation;
  const tally = new Tally({ place: 'SQLite, 1 replica' });
  const replica = () => site.replicas[0];

  beforeAll(async () => {
    site = await Installation.start({ replicas: 1 });
  });
  afterAll(async () => {
    await site?.stop();
    tally.write();
  });
  beforeEach(async () => {
    site.door.behave();
    await replica().ready;
  });

  async function held(credential: SavedCredential, moment: BrokerMoment) {
    const arrived = replica().stopAt(moment);
    const taken = replica().take(credential);
    await arrived;
    return { taken };
  }

  const takeAll = (credential: SavedCredential): Promise<Taken[]> =>
    Promise.all(Array.from({ length: 5 }, () => replica().take(credential)));

  async function outcome(
    since: ReturnType<Installation['mark']>,
    credential: SavedCredential,
    taken: Taken[],
  ) {
    const seen = since();
    const { state, reason, generation, accessHash } = await site.row(
      credential,
    );
    tally.add(seen, taken, {
      lost: state !== 'live',
      isPersonal: credential.subject !== SERVICE,
    });
    const { accessToken } = taken[0];
    return {
      statuses: [...new Set(taken.map(({ status }) => status))],
      isStored: accessToken && tokenHash(accessToken) === accessHash,
      works: await site.works(accessToken, credential),
      calls: seen.calls.length,
      rotations: seen.rotations,
      reuses: seen.reuses,
      ...{ state, reason, generation },
    };
  }

  const RENEWED_ONCE = {
    ...{ statuses: [200], isStored: true, works: true },
    ...{ calls: 1, rotations: 1, reuses: 0 },
    ...{ state: 'live', reason: undefined, generation: 2 },
  };

  describe.each(SEEDS)('seed %i', seed => {
    const chance = Chance.of(seed);
    /** Shared by all plugins, or a person's own. */
    const expired = () => site.expired(chance.oneOf([SERVICE, JANE]));
    // All of them in a long run; restarting takes time.
    const moments: BrokerMoment[] =
      RUNS > 1
        ? ['intent', 'send', 'committed']
        : [chance.shuffled(['intent', 'send'] as const)[0], 'committed'];

    it.each(moments)(
      'I1, I3: kill -9 at %s loses nothing: the token is refreshed once when the backend is back',
      async moment => {
        const credential = await expired();
        const since = site.mark();
        await held(credential, moment);
        await sleep(chance.between(0, 50));
        await replica().kill();
        await site.replace(replica());
        await replica().ready;
        const taken = await takeAll(credential);
        expect(await outcome(since, credential, taken)).toEqual(RENEWED_ONCE);
      },
    );

    it.each([true, false])(
      'moment 4: kill -9 between rotation and commit, with a grace period: %s',
      async grace => {
        site.door.grace = grace;
        const credential = await expired();
        const since = site.mark();
        await held(
          credential,
          chance.shuffled(['response', 'commit'] as const)[0],
        );
        await replica().kill();
        await site.replace(replica());
        await replica().ready;
        const taken = await takeAll(credential);
        expect(await outcome(since, credential, taken)).toMatchObject(
          grace
            ? { ...RENEWED_ONCE, calls: 2 }
            : {
                ...{ statuses: [409], calls: 2, rotations: 1, reuses: 1 },
                ...{ state: 'refused', reason: 'no_response', generation: 1 },
              },
        );
      },
    );

    it('N1, N3: kill -9 and a start without the encryption key: a key and a JWT are served again only with it', async () => {
      const kinds = ['static', 'jwt'] as const;
      const credentials = await Promise.all(
        kinds.map(kind => KeyedCredential.save(site, kind)),
      );
      const takeEach = () =>
        Promise.all(credentials.map(({ name }) => replica().take({ name })));
      const rows = () => site.knex('credentials').select('sealed', 'state');
      const restart = async (options: { keyId?: string } = {}) => {
        await replica().kill();
        await site.replace(replica(), options);
        await replica().ready;
      };
      const since = site.mark();
      const first = await takeEach();
      const before = await rows();

      await restart({ keyId: 'another' });
      const refused = await takeEach();
      for (const { status, text } of refused) {
        expect(status).toBe(503);
        expect(text).toContain("Encryption key 'k1' is missing");
      }
      expect(await rows()).toEqual(before);

      await restart();
      const again = await takeEach();
      for (const [index, credential] of credentials.entries()) {
        expect(await credential.isServed(again[index])).toBe(true);
      }
      const taken = [...first, ...refused, ...again];
      tally.add(since(), taken, { lost: false, isPersonal: false });
      expectNoLeak(site, credentials, taken);
    });

    it('moment 20: SIGTERM during a refresh waits for the commit', async () => {
      const credential = await expired();
      const since = site.mark();
      await held(
        credential,
        chance.shuffled(['send', 'response', 'commit'] as const)[0],
      );
      const old = replica();
      const exit = old.terminate();
      await sleep(chance.between(100, 400));
      expect(old.alive).toBe(true);
      old.go();
      expect(await exit).toBe(0);
      expect((await site.row(credential)).generation).toBe(2);
      await site.replace(old);
      await replica().ready;
      const taken = await takeAll(credential);
      expect(await outcome(since, credential, taken)).toEqual(RENEWED_ONCE);
    });
  });
});
