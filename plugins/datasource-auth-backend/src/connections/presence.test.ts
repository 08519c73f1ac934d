import { createDemoProvider, DemoProvider } from 'demo-provider';
import { Knex } from 'knex';
import { connectAccount } from '../__testUtils__/connectAccount';
import { databaseIds, databases } from '../__testUtils__/databases';
import { web } from '../__testUtils__/demoSettings';
import { recordOutput } from '../__testUtils__/recordOutput';
import {
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';
import { createUsersCatalog } from '../__testUtils__/usersCatalog';
import { PeopleStore } from './PeopleStore';

jest.setTimeout(120_000);

const JANE = 'user:default/jane';
const JOE = 'user:default/joe';
const DAY = 24 * 60 * 60_000;

describe.each(databaseIds())('presence in the catalog on %s', databaseId => {
  const output = recordOutput();
  const catalog = createUsersCatalog();
  let provider: DemoProvider;
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let name: string;

  beforeAll(async () => {
    provider = await createDemoProvider({ recordIssued: true });
    knex = await databases.init(databaseId);
    app = await startDatasourceAuth({
      knex,
      datasourceAuth: {
        callbackUrl: 'http://localhost:7007/api/datasource-auth/oauth/callback',
      },
      features: [...output.features, catalog.feature],
    });
    const jane = await app.user(JANE);
    name = 'present';
    await jane('POST', '/datasources', {
      ...web(name, provider.url),
      ...{ consumers: ['consumer-a'], subjects: 'user' },
    });
  });

  afterAll(async () => {
    await app?.stop();
    await provider?.close();
  });

  const round = () => app.runTask('datasource-auth-presence');

  beforeEach(async () => {
    await knex('credentials').delete();
    await knex('people').delete();
    await knex('revocations').delete();
    catalog.users = new Map([
      [JANE, 'uid-jane'],
      [JOE, 'uid-joe'],
    ]);
    for (const ref of [JANE, JOE]) {
      await connectAccount(app, await app.user(ref), name);
    }
    await round();
  });

  const use = async (userRef: string) => {
    const { status, body } = await app.consume('consumer-a', name, {
      ...{ userRef, subject: 'user' },
    });
    return status === 200 ? 'used' : body.error.code;
  };
  const dayLater = async () => {
    await knex('people')
      .whereNotNull('missing_since')
      .update({ missing_since: Date.now() - DAY });
    await round();
  };
  /** More people who are connected, as their rows. */
  async function more(count: number) {
    const row = await knex('credentials').where({ subject: JANE }).first();
    for (let index = 0; index < count; index += 1) {
      const subject = `user:default/more-${index}`;
      await knex('credentials').insert({ ...row, subject, sealed: null });
      catalog.users!.set(subject, `uid-${index}`);
    }
    await round();
  }
  const live = async () =>
    (await knex('credentials').whereNot({ state: 'cleared' })).length;

  it('threats 50: suspends who is missing, ends and revokes their connections a day later', async () => {
    catalog.users!.delete(JOE);
    await round();
    expect([await use(JANE), await use(JOE)]).toEqual([
      'used',
      'user_suspended',
    ]);
    const joe = await app.user(JOE);
    const { body } = await joe('GET', '/connections');
    expect(body.items[0]).toMatchObject({ state: 'suspended' });
    await round();
    expect(await use(JOE)).toBe('user_suspended');
    await dayLater();
    expect(await use(JOE)).toBe('user_not_connected');
    expect(await knex('revocations')).toHaveLength(1);
    expect(await knex('people')).toMatchObject([{ subject: JANE }]);
    expect(output.written().audit).toContain('"actionType":"end-missing"');
    await app.runTask('datasource-auth-revocations');
    expect(await use(JANE)).toBe('used');
  });

  it('forgets people who are connected to nothing any more, and nobody else', async () => {
    await knex('credentials').where({ subject: JOE }).delete();
    await round();
    expect(await knex('people')).toMatchObject([{ subject: JANE }]);
  });

  it('resumes who is back before that', async () => {
    catalog.users!.delete(JOE);
    await round();
    expect(await use(JOE)).toBe('user_suspended');
    catalog.users!.set(JOE, 'uid-joe');
    await dayLater();
    expect(await use(JOE)).toBe('used');
    expect(await knex('people').whereNotNull('missing_since')).toEqual([]);
  });

  it('threats 50: suspends the connections of another person with the same name, until they reconnect', async () => {
    catalog.users!.set(JOE, 'uid-of-another-joe');
    await round();
    expect(await use(JOE)).toBe('user_suspended');
    await round();
    expect(await use(JOE)).toBe('user_suspended');
    catalog.users!.delete(JOE);
    await round();
    catalog.users!.set(JOE, 'uid-of-another-joe');
    await round();
    expect(await use(JOE)).toBe('user_suspended');
    await connectAccount(app, await app.user(JOE), name);
    await round();
    expect(await use(JOE)).toBe('used');
  });

  it('threats 50: a round that fails in between is repeated', async () => {
    catalog.users!.set(JOE, 'uid-of-another-joe');
    const suspend = jest.spyOn(PeopleStore.prototype, 'suspend');
    suspend.mockRejectedValueOnce(new Error('The database is down'));
    await round().catch(() => {});
    await round();
    expect(await use(JOE)).toBe('user_suspended');

    catalog.users!.delete(JANE);
    await round();
    catalog.users!.set(JANE, 'uid-jane');
    const resume = jest.spyOn(PeopleStore.prototype, 'resume');
    resume.mockRejectedValueOnce(new Error('The database is down'));
    await round().catch(() => {});
    await round();
    expect(await use(JANE)).toBe('used');
    expect([suspend, resume].map(spy => spy.mock.calls.length)).toEqual([3, 2]);
    jest.restoreAllMocks();
  });

  it("doesn't stop at a person who can't be suspended or ended", async () => {
    for (const person of [JANE, JOE]) catalog.users!.delete(person);
    catalog.users!.set('user:default/other', 'uid-other');
    const suspend = jest.spyOn(PeopleStore.prototype, 'suspend');
    suspend.mockRejectedValueOnce(new Error('The database is down'));
    await round();
    expect([await use(JANE), await use(JOE)]).toEqual([
      'used',
      'user_suspended',
    ]);
    await round();
    expect(await use(JANE)).toBe('user_suspended');
    const forget = jest.spyOn(PeopleStore.prototype, 'forgetUnwatched');
    forget.mockResolvedValueOnce(undefined);
    forget.mockRejectedValueOnce(new Error('The database is down'));
    await dayLater();
    expect([await use(JANE), await use(JOE)]).toEqual([
      'user_suspended',
      'user_not_connected',
    ]);
    jest.restoreAllMocks();
  });

  it('threats 50: a catalog that is empty or down ends nobody', async () => {
    const { users } = catalog;
    for (const state of [new Map<string, string>(), undefined]) {
      catalog.users = state;
      await round().catch(() => {});
      await dayLater().catch(() => {});
      expect([await use(JANE), await use(JOE)]).toEqual(['used', 'used']);
    }
    expect(output.written().log).toContain('The catalog has no users');
    catalog.users = users;
  });

  it('threats 50: a catalog that loses many people at once ends nobody', async () => {
    await more(6);
    const users = new Map(catalog.users);
    for (const ref of users.keys()) {
      if (ref.includes('more')) catalog.users!.delete(ref);
    }
    await round();
    await dayLater();
    expect(await live()).toBe(8);
    expect(await knex('people').whereNotNull('missing_since')).toEqual([]);
    expect(output.written().log).toContain('6 of 8 people');
    // Five may leave in one day.
    catalog.users!.set('user:default/more-0', 'uid-0');
    await round();
    await dayLater();
    expect(await live()).toBe(3);
  });

  it('misses only who was seen once', async () => {
    await knex('people').where({ subject: JOE }).delete();
    catalog.users!.delete(JOE);
    await round();
    await dayLater();
    expect(await use(JOE)).toBe('used');
  });
});
