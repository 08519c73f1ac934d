import { Chance } from '../__testUtils__/Chance';
import { eventually } from '../__testUtils__/eventually';
import { SERVICE } from '../database/CredentialKey';
import { accountOf, JANE, JOE } from './__testUtils__/accounts';
import { Fleet, HEARD_WITHIN, RENEWED_ONCE } from './__testUtils__/Fleet';
import { SavedCredential } from './__testUtils__/Installation';
import { Lender } from './__testUtils__/Lender';
import { Replica, TokenTarget } from './__testUtils__/Replica';
import { SEEDS } from './__testUtils__/seeds';

jest.setTimeout(120_000);

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

describe('replicas on POSTGRES_18', () => {
  const fleet = new Fleet();

  /** What a plugin gets on each of these replicas: `served`, or a code. The same on all. */
  async function given(
    replicas: Replica[],
    target: TokenTarget,
  ): Promise<string[]> {
    const taken = await fleet.takeAll(replicas, target, 1);
    return [
      ...new Set(
        taken.map(({ status, code }) => (status === 200 ? 'served' : code!)),
      ),
    ];
  }

  /** Ends the waiting time of revocations. */
  const due = () =>
    fleet.site.knex('revocations').update({ next_attempt_at: 1 });

  /** Waits until every replica has noticed. */
  async function becomes(
    replicas: Replica[],
    target: TokenTarget,
    expected: string,
  ): Promise<void> {
    await eventually(async () => {
      expect(await given(replicas, target)).toEqual([expected]);
    }, HEARD_WITHIN);
  }

  // They are about states, not about chance: few seeds suffice.
  describe.each(SEEDS.slice(0, 2))('seed %i', seed => {
    const chance = Chance.of(seed);

    it('N11, threats 46: a workflow outlives every replica and its token, resumes as its person with one refresh, and stops when they take it back', async () => {
      const [jane, joe] = await fleet.site.save([JANE, JOE]);
      const lender = new Lender(jane);
      const [first] = fleet.cast(chance);
      const id = await lender.asked(first);
      expect(await lender.approve(first, id)).toBe(200);
      const handle = await lender.handle(first);

      const gone = fleet.cast(chance);
      await Promise.all(gone.map(replica => replica.kill()));
      await fleet.site.expire(jane.id);
      const replicas = await Promise.all(
        gone.map(replica => fleet.site.replace(replica)),
      );
      await Promise.all(replicas.map(({ ready }) => ready));

      const since = fleet.site.mark();
      const presented = lender.presented(handle);
      const taken = await fleet.takeAll(replicas, presented);
      expect(taken).toHaveLength(12);
      expect(await fleet.outcome(since, jane, taken)).toEqual(RENEWED_ONCE);
      expect(since().presented).toEqual([jane.refreshHash]);
      expect(await fleet.site.row(joe)).toMatchObject({ generation: 1 });
      const elsewhere = lender.presented(handle, { task: '43' });
      expect(await given(replicas, elsewhere)).toEqual(['delegation_ended']);

      expect(await lender.takeBack(replicas[0], id)).toBe(204);
      expect(await given(replicas, presented)).toEqual(['delegation_ended']);
      expect(await given(replicas, jane)).toEqual(['served']);
    });

    describe('threats 50: a catalog', () => {
      /** Jane and Joe, who were seen in the catalog, and a replica for each round. */
      async function seen() {
        const { users } = fleet.site.catalog;
        users.clear();
        await fleet.site.knex('people').delete();
        users.set(JANE, 'uid-jane').set(JOE, 'uid-joe');
        const [jane, joe] = await fleet.site.save([JANE, JOE]);
        const replicas = fleet.cast(chance);
        expect(await replicas[0].run('presence')).toBe(true);
        return { users, jane, joe, replicas };
      }

      /** The next round, a day later. */
      async function dayLater(replica: Replica): Promise<boolean> {
        await fleet.site
          .knex('people')
          .whereNotNull('missing_since')
          .update({ missing_since: Date.now() - DAY });
        return replica.run('presence');
      }

      it('that is down or empty ends nobody', async () => {
        const { users, jane, joe, replicas } = await seen();
        fleet.site.catalog.isDown = true;
        expect(await replicas[1].run('presence')).toBe(false);
        expect(await dayLater(replicas[2])).toBe(false);
        fleet.site.catalog.isDown = false;
        users.clear();
        expect(await replicas[1].run('presence')).toBe(true);
        expect(await dayLater(replicas[2])).toBe(true);
        for (const credential of [jane, joe]) {
          expect(await given(replicas, credential)).toEqual(['served']);
          expect(await fleet.site.row(credential)).toMatchObject({
            ...{ state: 'live', suspended: undefined },
          });
        }
      });

      it('without a person suspends them on every replica, and ends and revokes them a day later', async () => {
        const { users, jane, joe, replicas } = await seen();
        const lender = new Lender(joe);
        const id = await lender.asked(replicas[0]);
        await lender.approve(replicas[0], id);
        const lent = lender.presented(await lender.handle(replicas[0]));
        expect(await given(replicas, lent)).toEqual(['served']);
        const [{ accessToken }] = await fleet.takeAll(replicas, joe, 1);

        users.delete(JOE);
        await replicas[1].run('presence');
        await becomes(replicas, joe, 'user_suspended');
        await becomes(replicas, lent, 'user_suspended');
        await dayLater(replicas[2]);
        await becomes(replicas, joe, 'user_not_connected');
        expect(await given(replicas, lent)).toEqual(['delegation_ended']);
        expect(await given(replicas, jane)).toEqual(['served']);
        await due();
        await replicas[3].run('revocations');
        expect(fleet.site.door.revoked).toContain(joe.refreshHash);
        expect(fleet.site.door.revoked).not.toContain(jane.refreshHash);
        expect(await fleet.site.whose(accessToken)).toBeUndefined();
      });

      it('that renames a person suspends the old name, and the new one connects on its own', async () => {
        const { users, joe, replicas } = await seen();
        const subject = 'user:default/joseph';
        users.delete(JOE);
        users.set(subject, 'uid-joe');
        await replicas[1].run('presence');
        await becomes(replicas, joe, 'user_suspended');
        const renamed = { ...joe, subject };
        expect(await given(replicas, renamed)).toEqual(['user_not_connected']);
        await fleet.site.connect(renamed, accountOf(JOE));
        await becomes(replicas, renamed, 'served');
        expect(await given(replicas, joe)).toEqual(['user_suspended']);
      });

      it('with another person of the same name gives them nothing until they connect', async () => {
        const { users, joe, jane, replicas } = await seen();
        users.set(JOE, 'uid-of-another-joe');
        await replicas[1].run('presence');
        await becomes(replicas, joe, 'user_suspended');
        // Nor after the name was free in between.
        users.delete(JOE);
        await replicas[2].run('presence');
        users.set(JOE, 'uid-of-another-joe');
        await replicas[3].run('presence');
        expect(await given(replicas, joe)).toEqual(['user_suspended']);
        await fleet.site.connect(joe, 'jane-2');
        await becomes(replicas, joe, 'served');
        const [{ accessToken }] = await fleet.takeAll(replicas, joe, 1);
        expect(await fleet.site.whose(accessToken)).toMatchObject({
          account: 'jane-2',
        });
        expect(await given(replicas, jane)).toEqual(['served']);
      });
    });

    it("threats 44: the provider revokes one person's grant: only they must connect again, and the datasource stays authorized", async () => {
      const [shared, jane, joe] = await fleet.site.save([SERVICE, JANE, JOE]);
      await fleet.site.revokeAtProvider(jane);
      await fleet.site.expire(jane.id);
      const replicas = fleet.cast(chance);
      expect(await given(replicas, jane)).toEqual(['user_not_connected']);
      expect(await given(replicas, joe)).toEqual(['served']);
      const { person } = await replicas[0].signIn(JANE);
      const { body } = await person('GET', `/datasources/${shared.name}`);
      expect(body.status.state).toBe('AUTHORIZED');
      expect(await given(replicas, shared)).toEqual(['served']);
      const { items } = (await person('GET', '/connections')).body;
      expect(items).toContainEqual(
        expect.objectContaining({ datasource: jane.name, state: 'reconnect' }),
      );
      expect(await fleet.site.row(jane)).toMatchObject({ state: 'refused' });
      for (const credential of [joe, shared]) {
        expect(await fleet.site.row(credential)).toMatchObject({
          ...{ state: 'live', generation: 2 },
        });
      }
    });

    it('threats 47: a provider is down for a day, and a replica dies while it revokes: each ended token is revoked', async () => {
      const { door, knex } = fleet.site;
      const ended: SavedCredential[] = [];
      for (let each = 0; each < 3; each += 1) {
        ended.push(...(await fleet.site.save([JANE, JOE])));
      }
      const access = (await fleet.takeAll(fleet.cast(chance), ended[0], 1))[0];
      await knex('revocations').delete();

      door.isDown = true;
      for (const credential of ended) {
        const replica = chance.oneOf(fleet.site.replicas);
        expect(await new Lender(credential).disconnect(replica)).toBe(200);
        expect(await given([replica], credential)).toEqual([
          'user_not_connected',
        ]);
      }
      for (let hours = 0; hours < DAY / HOUR; hours += 6) {
        await due();
        await chance.oneOf(fleet.site.replicas).run('revocations');
      }
      expect(await knex('revocations')).toHaveLength(ended.length);
      await due();
      // The day also passes for the limit after which they are given up.
      await knex('revocations').update({ created_at: Date.now() - DAY });

      door.behave();
      door.revocationsLeft = 2;
      const [victim, ...others] = fleet.cast(chance);
      const stuck = door.outOfRevocations();
      victim.run('revocations');
      await stuck;
      await fleet.kill(victim);
      door.behave();
      expect(await knex('revocations')).toHaveLength(ended.length - 2);
      await Promise.all(others.map(replica => replica.run('revocations')));
      expect(await knex('revocations')).toEqual([]);
      expect(door.revoked).toEqual(
        expect.arrayContaining(ended.map(({ refreshHash }) => refreshHash)),
      );
      expect(await fleet.site.whose(access.accessToken)).toBeUndefined();
    });
  });
});
