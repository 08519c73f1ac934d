import { BrokerMoment } from '../credentials/TokenBroker';
import { SERVICE } from '../database/CredentialKey';
import { Chance } from '../__testUtils__/Chance';
import { eventually } from '../__testUtils__/eventually';
import { accountOf, JANE, JOE } from './__testUtils__/accounts';
import { AFTER_ROTATION, Fleet, HEARD_WITHIN } from './__testUtils__/Fleet';
import { SavedCredential } from './__testUtils__/Installation';
import { Replica, Taken } from './__testUtils__/Replica';
import { SEEDS } from './__testUtils__/seeds';

jest.setTimeout(120_000);

const MOMENTS: BrokerMoment[] = [
  'intent',
  'send',
  'response',
  'commit',
  'committed',
];

/** What each credential's callers got. */
type Served = Map<SavedCredential, Taken[]>;

describe('replicas on POSTGRES_18', () => {
  const fleet = new Fleet();

  /** One datasource that all plugins and two people use, and one with a wider scope for the same people. */
  async function everyone() {
    const [shared, jane, joe] = await fleet.site.save([SERVICE, JANE, JOE]);
    const scopes = ['read', 'write'];
    const [widerJane, widerJoe] = await fleet.site.save([JANE, JOE], scopes);
    return { shared, jane, joe, widerJane, widerJoe };
  }

  /** Takes each of these credentials in each replica, in random order. */
  async function take(
    replicas: Replica[],
    credentials: SavedCredential[],
    chance: Chance,
  ): Promise<Served> {
    const served: Served = new Map(credentials.map(each => [each, []]));
    const calls = replicas.flatMap(replica =>
      credentials.map(credential => ({ replica, credential })),
    );
    await Promise.all(
      chance.shuffled(calls).map(async ({ replica, credential }) => {
        served.get(credential)!.push(await replica.take(credential));
      }),
    );
    return served;
  }

  /** Checks that every caller got the one token of its own credential, with its account and scope. */
  async function expectOwn(served: Served): Promise<void> {
    const all: string[] = [];
    for (const [credential, taken] of served) {
      const { name, subject, scope } = credential;
      const tokens = [...new Set(taken.map(({ accessToken }) => accessToken))];
      // Codes print the reason of an unexpected result.
      const codes = taken.flatMap(({ code }) => code ?? []);
      const whose = await fleet.site.whose(tokens[0]);
      expect({ name, codes, count: tokens.length, whose }).toMatchObject({
        ...{ name, codes: [], count: 1 },
        whose: { account: accountOf(subject), scope },
      });
      all.push(tokens[0]!);
    }
    expect(new Set(all).size).toBe(served.size);
  }

  // They are about moments, not about chance: few seeds suffice.
  describe.each(SEEDS.slice(0, 2))('seed %i', seed => {
    const chance = Chance.of(seed);

    it.each(MOMENTS)(
      "threats 42, 44: two people's refreshes stop at %s, and every caller on every replica gets their own token",
      async moment => {
        const { shared, jane, joe, widerJane, widerJoe } = await everyone();
        const credentials = [shared, jane, joe, widerJane, widerJoe];
        for (const { id } of [jane, widerJane]) await fleet.site.expire(id);
        const replicas = fleet.cast(chance);
        const since = fleet.site.mark();
        const hers = await fleet.held(replicas[0], jane, moment);
        const his = await fleet.held(replicas[1], widerJoe, moment);
        await fleet.site.keepLeases();
        const waiting = take(replicas.slice(2), [jane, widerJoe], chance);
        const others = [shared, joe, widerJane];
        await expectOwn(await take(replicas.slice(0, 2), others, chance));
        replicas[0].go();
        replicas[1].go();
        const first = await waiting;
        first.get(jane)!.push(await hers.taken);
        first.get(widerJoe)!.push(await his.taken);
        await expectOwn(first);

        const served = await take(replicas, credentials, chance);
        await expectOwn(served);
        for (const [credential, [{ accessToken }]] of served) {
          const row = await fleet.site.row(credential);
          expect(row).toMatchObject({ generation: 2, state: 'live' });
          expect(await fleet.site.whose(accessToken)).toMatchObject({
            tokenHash: row.accessHash,
          });
        }
        // One refresh for each credential.
        const seen = since();
        expect([...seen.presented].sort()).toEqual(
          credentials.map(({ refreshHash }) => refreshHash).sort(),
        );
        expect(seen).toMatchObject({ rotations: 5, reuses: 0 });
        fleet.tally.add(seen, [...served.values()].flat(), {
          ...{ lost: false, isPersonal: true },
        });
      },
    );

    it.each(AFTER_ROTATION)(
      "threats 20, 44: kill -9 of two people's refreshes at %s, without grace, ends those two, and nobody else's",
      async moment => {
        const { shared, jane, joe, widerJane, widerJoe } = await everyone();
        for (const { id } of [jane, widerJane]) await fleet.site.expire(id);
        const [victim, ...others] = fleet.cast(chance);
        const since = fleet.site.mark();
        await fleet.held(victim, jane, moment);
        await fleet.held(victim, widerJoe, moment);
        await fleet.kill(victim);
        const end = async () => [
          ...(await take(others, [jane, widerJoe], chance)).values(),
        ];
        let ended = (await end()).flat();
        // Callers that came too early, before the leases of the victim ended, must retry.
        while (ended.some(({ status }) => status === 503)) {
          await fleet.site.endCooldowns();
          ended = (await end()).flat();
        }
        for (const { status, code } of ended) {
          expect([status, code]).toEqual([409, 'user_not_connected']);
        }
        const served = await take(others, [shared, joe, widerJane], chance);
        await expectOwn(served);
        for (const credential of [jane, widerJoe]) {
          expect(await fleet.site.row(credential)).toMatchObject({
            ...{ state: 'refused', reason: 'no_response' },
          });
        }
        const seen = since();
        expect(seen).toMatchObject({ rotations: 5, reuses: 2 });
        fleet.tally.add(seen, [...ended.values(), ...served.values()].flat(), {
          lost: true,
          isPersonal: true,
        });
      },
    );

    it.each(['send', ...AFTER_ROTATION] as const)(
      'I5: they connect another account while a refresh stops at %s, and never get the first one again',
      async moment => {
        const [before] = await fleet.site.save([JANE]);
        await fleet.site.expire(before.id);
        const replicas = fleet.cast(chance);
        const { taken } = await fleet.held(replicas[0], before, moment);
        await fleet.site.connect(before, 'jane-2');
        await fleet.site.observer.feed.announce({ datasourceId: before.id });
        replicas[0].go();
        const served = [
          await taken,
          ...(await fleet.takeAll(replicas.slice(1), before)),
        ];
        await eventually(async () => {
          const late = await fleet.takeAll(replicas, before, 1);
          served.push(...late);
          expect(late.map(({ status }) => status)).toEqual([
            ...[200, 200, 200, 200],
          ]);
        }, HEARD_WITHIN);
        const tokens = served.flatMap(({ accessToken }) => accessToken ?? []);
        for (const token of new Set(tokens)) {
          expect(await fleet.site.whose(token)).toMatchObject({
            account: 'jane-2',
          });
        }
        expect((await fleet.site.row(before)).generation).toBe(1);
      },
    );

    it.each([
      ['the settings', ({ name }: SavedCredential) => name],
      ["one person's credential", ({ subject }: SavedCredential) => subject],
    ])(
      'threats 37, 44: while a replica reads %s, others get their own token, and a new account replaces the one that was read',
      async (_, textOf) => {
        const [shared, jane, joe] = await fleet.site.save([SERVICE, JANE, JOE]);
        const [reader, ...others] = fleet.cast(chance);
        const read = fleet.site.proxyOf(reader).holdReplyTo(textOf(jane));
        const early = reader.take(jane);
        await read.arrived;
        const meanwhile = take([reader], [joe, shared], chance);
        await expectOwn(await take(others, [jane, joe, shared], chance));
        await fleet.site.connect(jane, 'jane-2');
        await fleet.site.observer.feed.announce({ datasourceId: jane.id });
        read.go();
        await expectOwn(await meanwhile);
        const { accessToken } = await early;
        expect(['jane', 'jane-2']).toContain(
          (await fleet.site.whose(accessToken))?.account,
        );
        await eventually(async () => {
          const accounts = await Promise.all(
            (
              await fleet.takeAll([reader, ...others], jane, 1)
            ).map(taken => fleet.site.whose(taken.accessToken)),
          );
          for (const account of accounts) {
            expect(account).toMatchObject({ account: 'jane-2' });
          }
        }, HEARD_WITHIN);
        await expectOwn(await take([reader, ...others], [joe, shared], chance));
      },
    );
  });
});
