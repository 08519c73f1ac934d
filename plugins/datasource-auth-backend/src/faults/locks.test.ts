import { eventually } from '../__testUtils__/eventually';
import { accountOf, JANE } from './__testUtils__/accounts';
import {
  Installation,
  MANAGER,
  SavedCredential,
} from './__testUtils__/Installation';
import { Lender } from './__testUtils__/Lender';
import { postgresUrl } from './__testUtils__/postgresUrl';
import { Replica } from './__testUtils__/Replica';

jest.setTimeout(120_000);

/** A connection with a delegation that is live, and what its person may decide next. */
interface Place {
  jane: SavedCredential;
  lender: Lender;
  /** A delegation that waits for a yes, and what the person read of it. */
  pending: string;
  read: { version: string };
  /** A sign-in at the provider that waits for a yes. */
  attempt: string;
}

/** What the person does. Each returns its HTTP status. */
const DEEDS = {
  approve: (replica: Replica, { lender, pending, read }: Place) =>
    lender.approve(replica, pending, read),
  'take back': (replica: Replica, { lender, pending }: Place) =>
    lender.takeBack(replica, pending),
  connect: (replica: Replica, { lender, attempt }: Place) =>
    lender.confirm(replica, attempt),
  disconnect: (replica: Replica, { lender }: Place) =>
    lender.disconnect(replica),
  'delete everything': (replica: Replica, { lender }: Place) =>
    lender.erase(replica),
};
type Deed = keyof typeof DEEDS;

/** Statements after which a deed is held: with the locks that its transaction has by then. */
const LOCKS = 'for update';
const APPROVES = '"pin" =';
const ENDS = 'update "delegations"';
const READS = 'from "delegations" where "id"';
const USES_UP = '"sealed_result" =';
const STORES = 'insert into "credentials"';
const REMOVES = 'delete from "authorizations"';
const CHANGES = 'update "datasources"';
const FORGETS = 'delete from "people"';

/*
 * A person does two things on two replicas at the same moment. The first one is held until the second one is done or
 * waits for a lock.
 */
describe('two replicas on POSTGRES_18', () => {
  let site: Installation;
  beforeAll(async () => {
    site = await Installation.start({ postgres: postgresUrl(), replicas: 2 });
  });
  afterAll(async () => {
    await site?.stop();
  });

  async function prepare(): Promise<Place> {
    // Those of earlier tests, which also end when everything is deleted.
    await site.knex('credentials').delete();
    const [jane] = await site.save([JANE]);
    const lender = new Lender(jane);
    const [replica] = site.replicas;
    const live = await lender.asked(replica, 'Run 41');
    expect(await lender.approve(replica, live)).toBe(200);
    const attempt = await lender.signInToAccount(replica, accountOf(JANE));
    const pending = await lender.asked(replica);
    const read = await lender.read(replica, pending);
    return { jane, lender, attempt, pending, read };
  }

  async function waitsForLock(): Promise<boolean> {
    const { rows } = await site.knex.raw(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return rows.length > 0;
  }

  /** Does both. Returns their HTTP statuses. */
  async function together(
    place: Place,
    first: Deed,
    statement: string,
    second: Deed,
  ): Promise<[number, number]> {
    const [one, other] = site.replicas;
    const barrier = site.proxyOf(one).holdReplyTo(statement);
    const held = DEEDS[first](one, place);
    const missed = held.then(status => {
      throw new Error(`${first} ended with ${status} before ${statement}`);
    });
    missed.catch(() => {});
    try {
      await Promise.race([barrier.arrived, missed]);
      let isDone = false;
      const free = DEEDS[second](other, place).finally(() => {
        isDone = true;
      });
      await eventually(async () => {
        if (!isDone) expect(await waitsForLock()).toBe(true);
      }, 10_000);
      barrier.go();
      return await Promise.all([held, free]);
    } finally {
      barrier.go();
    }
  }

  const liveOf = ({ jane }: Place) =>
    site
      .knex('delegations')
      .where({ datasource_id: jane.id, status: 'live' })
      .pluck('id');

  const stateOf = ({ jane }: Place) =>
    site.knex('credentials').where({ datasource_id: jane.id }).pluck('state');

  it.each<[Deed, string, Deed]>([
    ['approve', LOCKS, 'disconnect'],
    ['approve', APPROVES, 'disconnect'],
    ['approve', APPROVES, 'delete everything'],
    ['connect', STORES, 'disconnect'],
    ['delete everything', LOCKS, 'delete everything'],
    ['connect', ENDS, 'delete everything'],
    ['connect', USES_UP, 'delete everything'],
  ])(
    'threats 46: %s is held at %s, and %s waits and ends what it made',
    async (first, statement, second) => {
      const place = await prepare();
      const statuses = await together(place, first, statement, second);
      // Deleting everything also deletes the attempt, so its result may be gone.
      expect([200, 404]).toContain(statuses[0]);
      expect(statuses[1]).toBe(200);
      expect(await liveOf(place)).toEqual([]);
      expect(await stateOf(place)).toEqual(['cleared']);
    },
  );

  it.each<[Deed, string]>([
    ['disconnect', LOCKS],
    ['disconnect', ENDS],
    ['delete everything', LOCKS],
    ['delete everything', FORGETS],
  ])(
    'threats 46: %s is held at %s, and a delegation that is approved meanwhile ends',
    async (first, statement) => {
      const place = await prepare();
      const [ended, approved] = await together(
        ...([place, first, statement, 'approve'] as const),
      );
      expect(ended).toBe(200);
      expect([404, 409, 412]).toContain(approved);
      expect(await liveOf(place)).toEqual([]);
    },
  );

  it.each<[Deed, string, Deed]>([
    ['approve', LOCKS, 'take back'],
    ['approve', APPROVES, 'take back'],
    ['take back', READS, 'approve'],
  ])(
    'threats 46: %s is held at %s, and with %s at the same moment, the delegation is taken back',
    async (first, statement, second) => {
      const place = await prepare();
      const statuses = await together(place, first, statement, second);
      expect(statuses).toContain(204);
      for (const status of statuses) expect([200, 204, 412]).toContain(status);
      expect(await liveOf(place)).not.toContain(place.pending);
    },
  );

  it.each<[Deed, string]>([
    ['disconnect', LOCKS],
    ['disconnect', ENDS],
    ['delete everything', REMOVES],
    ['delete everything', FORGETS],
  ])(
    'threats 46: %s is held at %s, and an account that is connected meanwhile has no delegation',
    async (first, statement) => {
      const place = await prepare();
      const [ended, connected] = await together(
        ...([place, first, statement, 'connect'] as const),
      );
      expect(ended).toBe(200);
      expect([200, 404, 409, 410]).toContain(connected);
      expect(await liveOf(place)).toEqual([]);
      expect(await stateOf(place)).toEqual([
        connected === 200 ? 'live' : 'cleared',
      ]);
    },
  );

  it('threats 47: a refresh is held at its response, and the person deletes everything: no token is handed out or left unrevoked', async () => {
    const { jane, lender } = await prepare();
    await site.expire(jane.id);
    const [one, other] = site.replicas;
    const arrived = one.stopAt('response');
    const taken = one.take(jane);
    await arrived;
    expect(await lender.erase(other)).toBe(200);
    one.go();
    expect((await taken).code).toBe('user_not_connected');
    await site.knex('revocations').update({ next_attempt_at: 1 });
    await other.run('revocations');
    expect(await site.knex('revocations')).toEqual([]);
    expect(site.door.revoked).toContain(jane.refreshHash);
  });

  it('threats 47: new settings and the deletion of a datasource end its connections one after the other', async () => {
    const { jane } = await prepare();
    const [one, other] = site.replicas;
    const path = `/datasources/${jane.name}`;
    const manager = await one.signIn(MANAGER);
    const { body } = await manager.person('GET', path);
    const barrier = site.proxyOf(one).holdReplyTo(CHANGES);
    const save = manager.person(
      'PUT',
      path,
      {
        ...{ name: jane.name, subjects: 'both' },
        consumers: ['faults-consumer'],
        auth: {
          ...{ grantType: 'authorization_code', clientId: 'another' },
          clientSecret: 'secret-of-another',
          authorize: { url: `${site.provider.url}/authorize` },
          token: { url: `${site.door.url}/token` },
        },
      },
      { 'if-match': `"${body.version}"` },
    );
    await barrier.arrived;
    const { person } = await other.signIn(MANAGER);
    const removal = person('DELETE', `${path}?force=true`);
    await eventually(
      async () => expect(await waitsForLock()).toBe(true),
      10_000,
    );
    barrier.go();
    // Saved, and gone before it was read again.
    expect([200, 404]).toContain((await save).status);
    expect((await removal).status).toBe(204);
    const { id } = jane;
    expect(await site.knex('datasources').where({ id })).toEqual([]);
  });

  it('none of it is a deadlock', () => {
    expect(site.logs().includes('deadlock')).toBe(false);
  });
});
