import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import { databaseIds, migratedDatabase } from '../__testUtils__/databases';
import { AskedQuery, planOf } from '../__testUtils__/planOf';
import { bareSettingsOf, contentOf } from '../__testUtils__/settings';
import { ActivityStore } from '../activity/ActivityStore';
import { readDatabaseClock } from '../database/database';
import { DatasourceContent, apiHostOf } from './DatasourceRecord';
import { DatasourceStore } from './DatasourceStore';

jest.setTimeout(60_000);

describe.each(databaseIds())('DatasourceStore on %s', databaseId => {
  let knex: Knex;
  let store: DatasourceStore;

  beforeEach(async () => {
    knex = await migratedDatabase(databaseId);
    store = new DatasourceStore({ knex });
  });

  async function insert(
    name: string,
    change: Record<string, unknown> = {},
    more: Partial<DatasourceContent> & { source?: 'config' } = {},
    auth: Record<string, unknown> = {},
  ): Promise<string> {
    const id = randomUUID();
    const { source = 'database', ...content } = more;
    await store.insert({
      id,
      name,
      source,
      by: 'user:default/jane',
      ...contentOf(bareSettingsOf({ name, ...change }, auth), content),
    });
    return id;
  }

  const namesOf = async (
    filter: Parameters<DatasourceStore['list']>[0],
    limit = 100,
  ) => (await store.list(filter, { limit })).items.map(({ name }) => name);

  it('finds datasources to which people connect by an index, however many others there are', async () => {
    await insert('shared');
    await insert('own', { subjects: 'user' });
    await insert('either', { subjects: 'both' });
    const asked: AskedQuery[] = [];
    const listen = (query: AskedQuery) => asked.push(query);
    knex.on('query', listen);
    expect((await namesOf({ isPersonal: true })).sort()).toEqual([
      'either',
      'own',
    ]);
    knex.off('query', listen);
    for (const query of asked) {
      expect(await planOf(knex, query)).toContain('datasources_people_idx');
    }
  });

  it('S0.15 returns what was stored, with times of the database', async () => {
    const before = await readDatabaseClock(knex);
    const settings = bareSettingsOf({
      name: 'crm',
      title: 'Customers – ünï',
      owner: 'Group:default/CRM',
      tags: ['a'],
      instance: { tenant: 'acme' },
    });
    const id = randomUUID();
    await store.insert({
      id,
      name: 'crm',
      source: 'database',
      by: 'user:default/jane',
      ...contentOf(settings, {
        sealed: 'v1.k1.abc',
        secretInfos: {
          'auth.clientSecret': { updatedAt: 5, updatedBy: 'user:default/jane' },
        },
      }),
    });
    const after = await readDatabaseClock(knex);
    const record = (await store.findByName('crm'))!;
    expect(record).toMatchObject({
      id,
      name: 'crm',
      source: 'database',
      settings,
      sealed: 'v1.k1.abc',
      secretInfos: {
        'auth.clientSecret': { updatedAt: 5, updatedBy: 'user:default/jane' },
      },
      version: 1,
      attention: 2,
      createdBy: 'user:default/jane',
      updatedBy: 'user:default/jane',
    });
    expect(record.createdAt).toBeGreaterThanOrEqual(before);
    expect(record.createdAt).toBeLessThanOrEqual(after);
    expect(await store.findById(id)).toEqual(record);
  });

  it.each(['', 'other', 'CRM', 'crm%', '\u0000', "'; --", 'x'.repeat(5_000)])(
    'finds nothing named %j, and does not fail',
    async name => {
      await insert('crm');
      expect(await store.findByName(name)).toBeUndefined();
    },
  );

  it('rejects a second datasource with the same name, whichever is first', async () => {
    await insert('crm');
    await expect(insert('crm')).rejects.toMatchObject({
      code: 'name_taken',
      statusCode: 409,
      fields: { name: 'This name is taken.' },
    });
    const outcomes = await Promise.allSettled([insert('x'), insert('x')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
  });

  it('threats 15: gives a recreated name a new ID, so that history stays with its predecessor', async () => {
    const activity = new ActivityStore({ knex });
    const first = await insert('crm');
    await activity.record(first, { kind: 'created' });
    expect(await store.delete(first)).toBe(true);
    const second = await insert('crm');
    expect(second).not.toBe(first);
    expect(await activity.list(second, { limit: 10 })).toEqual([]);
    expect(await activity.list(first, { limit: 10 })).toHaveLength(1);
  });

  describe('a change', () => {
    it('requires the version it is based on: one of two concurrent changes succeeds', async () => {
      const id = await insert('crm');
      const change = (title: string) =>
        store.update(id, 1, {
          name: 'crm',
          by: `user:default/${title}`,
          ...contentOf(bareSettingsOf({ name: 'crm', title })),
        });
      const outcomes = await Promise.all([change('jane'), change('bob')]);
      expect(outcomes.sort()).toEqual([false, true]);
      const record = (await store.findById(id))!;
      expect(record.version).toBe(2);
      expect(record.updatedBy).toBe(`user:default/${record.settings.title}`);
      expect(record.createdBy).toBe('user:default/jane');
      expect(await change('eve')).toBe(false);
    });

    it('replaces encrypted and listed values too', async () => {
      const id = await insert('crm', { title: 'Old' }, { sealed: 'v1.k1.old' });
      await store.update(id, 1, {
        name: 'crm',
        ...contentOf(bareSettingsOf({ name: 'crm', title: 'New' }), {
          attention: 0,
        }),
      });
      const record = (await store.findById(id))!;
      expect(record.sealed).toBeUndefined();
      expect(record.attention).toBe(0);
      expect(await namesOf({ search: 'new' })).toEqual(['crm']);
      expect(await namesOf({ search: 'old' })).toEqual([]);
    });

    it('is undone with its transaction', async () => {
      const id = await insert('crm');
      await expect(
        knex.transaction(async trx => {
          await store.update(id, 1, { name: 'crm', ...contentOf() }, trx);
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect((await store.findById(id))!.version).toBe(1);
    });

    it("does not include attention, which isn't a version of the settings", async () => {
      const id = await insert('crm');
      await store.setAttention(id, 3);
      expect(await store.findById(id)).toMatchObject({
        attention: 3,
        version: 1,
      });
    });
  });

  it('deletes credential and attempts too, and says whether the datasource existed', async () => {
    const id = await insert('crm');
    const other = await insert('other');
    for (const datasourceId of [id, other]) {
      await knex('credentials').insert({
        datasource_id: datasourceId,
        subject: 'service',
        credential_id: randomUUID(),
        generation: 1,
        binding: 'b',
        has_refresh_token: false,
        state: 'live',
        attempts: 0,
        lease_epoch: 0,
        changed_at: 1,
      });
      await knex('authorizations').insert({
        id: randomUUID(),
        user_ref: 'user:default/jane',
        datasource_id: datasourceId,
        subject: 'service',
        binding: 'b',
        settings: '{}',
        secret_paths: '[]',
        commit: false,
        display: 'popup',
        status: 'pending',
        expires_at: 1,
        created_at: 1,
      });
    }
    expect(await store.delete(id)).toBe(true);
    expect(await store.delete(id)).toBe(false);
    expect(await knex('credentials').pluck('datasource_id')).toEqual([other]);
    expect(await knex('authorizations').pluck('datasource_id')).toEqual([
      other,
    ]);
  });

  describe('a list', () => {
    it('starts with what needs attention, then sorts by title, ignoring case', async () => {
      await insert('a', { title: 'beta' }, { attention: 0 });
      await insert('b', { title: 'Alpha' }, { attention: 0 });
      await insert('c', { title: 'Zeta' }, { attention: 3 });
      await insert('d', {}, { attention: 2 });
      expect(await namesOf({})).toEqual(['c', 'd', 'b', 'a']);
    });

    it('has pages that neither repeat nor omit anything, even with equal titles', async () => {
      const names = Array.from({ length: 23 }, (_, index) => `d${index}`);
      for (const [index, name] of names.entries()) {
        await insert(
          name,
          { title: `Same ${index % 3}` },
          { attention: index % 2 },
        );
      }
      const seen: string[] = [];
      let after: Awaited<ReturnType<typeof store.list>>['next'];
      let pages = 0;
      do {
        const page = await store.list({}, { limit: 4, after });
        seen.push(...page.items.map(({ name }) => name));
        after = page.next;
        pages += 1;
      } while (after && pages < names.length);
      expect(pages).toBe(6);
      expect([...seen].sort()).toEqual([...names].sort());
      expect(seen).toEqual(await namesOf({}));
    });

    it('has no next page after the last full one', async () => {
      await insert('a');
      await insert('b');
      expect((await store.list({}, { limit: 2 })).next).toBeUndefined();
      expect((await store.list({}, { limit: 1 })).next).toBeDefined();
    });

    it('filters by prefix of title, name, host and owner', async () => {
      await insert('crm', {
        title: 'Salesforce',
        baseUrl: 'https://eu.api.example.com/v1',
        owner: 'group:default/Sales',
      });
      await insert('other', { baseUrl: 'https://other.example.com' });
      for (const search of ['sales', 'SALESF', 'crm', 'eu.api', 'GROUP:DEF']) {
        expect(await namesOf({ search })).toEqual(['crm']);
      }
      expect(await namesOf({ search: 'force' })).toEqual([]);
    });

    it.each(['%', '_', '\\', '100%_', "'", '\u0000'])(
      'searches for %j literally',
      async search => {
        await insert('plain');
        await insert('special', { title: `100%_\\'` });
        expect(await namesOf({ search })).toEqual(
          search === '100%_' ? ['special'] : [],
        );
      },
    );

    it('does not fail on a value that no column can store', async () => {
      await insert('plain', { owner: 'group:default/a' });
      for (const filter of [
        { owners: ['a\u0000'] },
        { ways: ['\u0000'] },
        { consumers: ['\u0000'] },
      ]) {
        expect(await namesOf(filter)).toEqual([]);
        expect(await store.count(filter)).toBe(0);
      }
    });

    it('filters by attention, way and owner, all together', async () => {
      const owner = 'group:default/a';
      await insert('a', { owner }, { attention: 3 });
      await insert('b', { owner }, { attention: 0 });
      await insert('c', {}, { attention: 3 });
      await insert(
        'd',
        { owner },
        { attention: 3 },
        { grantType: 'client_credentials' },
      );
      expect(await namesOf({ attentions: [3] })).toEqual(['a', 'c', 'd']);
      expect(await namesOf({ attentions: [] })).toEqual([]);
      expect(await namesOf({ ways: ['client_credentials'] })).toEqual(['d']);
      const filter = {
        attentions: [3],
        owners: ['group:default/nobody', owner],
        ways: ['authorization_code', 'client_credentials'],
      };
      expect(await namesOf(filter)).toEqual(['a', 'd']);
      expect(await store.count(filter)).toBe(2);
    });

    it('N10: tells datasources where each person connects from authorized ones', async () => {
      const people = { subjects: 'user' };
      await insert('shared', {}, { attention: 0 });
      await insert('personal', people, { attention: 0 });
      await insert('incomplete', people, { attention: 1 });
      expect(await namesOf({ attentions: [0], perUser: false })).toEqual([
        'shared',
      ]);
      expect(await namesOf({ attentions: [0, 1], perUser: true })).toEqual([
        'incomplete',
        'personal',
      ]);
      expect(await store.countByState()).toEqual(
        new Map([
          ['AUTHORIZED', 1],
          ['PER_USER', 1],
          ['NOT_CONFIGURED', 1],
        ]),
      );
    });

    it('filters by a plugin that may get tokens, by its whole name', async () => {
      await insert('any', { consumers: '*' });
      await insert('listed', { consumers: ['search', 'tech_docs'] });
      await insert('nobody', { consumers: [] });
      await insert('other', { consumers: ['search-extra'] });
      expect(await namesOf({ consumers: ['search'] })).toEqual([
        'any',
        'listed',
      ]);
      expect(await namesOf({ consumers: ['tech_docs'] })).toEqual([
        'any',
        'listed',
      ]);
      for (const consumer of ['sea', 'techXdocs', '%', '"', "','"]) {
        expect(await namesOf({ consumers: [consumer] })).toEqual(['any']);
      }
    });

    it('counts up to a thousand', async () => {
      const row = {
        source: 'database',
        sort_key: 'x',
        grant_type: 'password',
        consumers: '[]',
        subjects: 'service',
        settings: '{}',
        secret_info: '{}',
        binding: 'b',
        version: 1,
        attention: 0,
        changed_at: 1,
        created_at: 1,
        updated_at: 1,
      };
      await knex.batchInsert(
        'datasources',
        Array.from({ length: 1_005 }, (_, index) => ({
          ...row,
          id: randomUUID(),
          name: `d${index}`,
        })),
        50,
      );
      expect(await store.count({})).toBe(1_000);
      expect(await store.count({ search: 'nothing' })).toBe(0);
    });
  });

  it('stores the longest values that the settings schema allows', async () => {
    const name = 'x'.repeat(63);
    await insert(name, {
      title: 'İ'.repeat(80),
      owner: 'İ'.repeat(300),
      baseUrl: `https://${'a'.repeat(1_900)}.example`,
    });
    const record = (await store.findByName(name))!;
    expect(record.settings.title).toBe('İ'.repeat(80));
    expect(await namesOf({ search: 'aaaa' })).toEqual([name]);
    await insert('ascii', { title: 'T'.repeat(80) });
  });

  describe('declared datasources', () => {
    it('threats 15: are hidden when withdrawn, keep their credential, and free their name', async () => {
      const id = await insert('crm', {}, { source: 'config' });
      await store.withdraw(id, 'crm');
      expect(await store.findByName('crm')).toBeUndefined();
      expect(await namesOf({})).toEqual([]);
      expect(await store.count({})).toBe(0);
      expect(await store.findById(id)).toBeDefined();
      expect(await store.listDeclared()).toEqual([
        expect.objectContaining({ id, declaredName: 'crm', withdrawn: true }),
      ]);
      await insert('crm');
    });

    it('are restored with their ID, which finds the credential again (rule 7)', async () => {
      const id = await insert('crm', {}, { source: 'config' });
      await store.withdraw(id, 'crm');
      await store.redeclare(id, 'crm', contentOf(bareSettingsOf()));
      expect(await store.findByName('crm')).toMatchObject({ id, version: 2 });
    });

    it('are not restored over a stored one with the same name', async () => {
      const id = await insert('crm', {}, { source: 'config' });
      await store.withdraw(id, 'crm');
      const stored = await insert('crm');
      await expect(
        store.redeclare(id, 'crm', contentOf(bareSettingsOf())),
      ).rejects.toMatchObject({ code: 'name_taken' });
      expect((await store.findByName('crm'))!.id).toBe(stored);
    });

    it('are the only ones that can be withdrawn or redeclared', async () => {
      const id = await insert('crm');
      await store.withdraw(id, 'crm');
      await store.redeclare(
        id,
        'crm',
        contentOf(bareSettingsOf({ title: 'x' })),
      );
      expect(await store.findByName('crm')).toMatchObject({ id, version: 1 });
      expect(await store.listDeclared()).toEqual([]);
    });
  });
});

describe('the host of a datasource', () => {
  it.each([
    ['https://API.example.com/v1', 'api.example.com'],
    ['https://api.example.com:8443', 'api.example.com:8443'],
    ['https://api.example.com?x=y', 'api.example.com'],
    ['', 'login.example.com'],
    [undefined, 'login.example.com'],
  ])('of %j is %s', (baseUrl, host) => {
    expect(apiHostOf(bareSettingsOf({ baseUrl }))).toBe(host);
  });

  it('is empty if no URL is set', () => {
    expect(apiHostOf(bareSettingsOf({ baseUrl: '' }, { token: {} }))).toBe(
      undefined,
    );
  });
});
