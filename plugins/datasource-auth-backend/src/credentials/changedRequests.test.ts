import { setTimeout as sleep } from 'node:timers/promises';
import { Knex } from 'knex';
import { databaseIds } from '../__testUtils__/databases';
import { eventually } from '../__testUtils__/eventually';
import { failure, ScriptedProvider } from '../__testUtils__/ScriptedProvider';
import { setUpReplica } from '../__testUtils__/setUpReplica';
import { TestReplica } from '../__testUtils__/TestReplica';
import { CredentialKey } from '../database/CredentialKey';

jest.setTimeout(60_000);

const HOUR = 3_600_000;
const JANE = 'user:default/jane';
const AUTHORIZE_URL = 'https://login.example.com/authorize';
const TOKEN_URL = 'https://login.example.com/token';

/** Every setting that is part of a token request, with a changed value. */
const CHANGES: Array<[string, Record<string, unknown>]> = [
  ['one more scope', { scopes: ['read', 'write'] }],
  ['one scope less', { scopes: [] }],
  ['the scope separator', { scopeSeparator: ',' }],
  ['the audience', { audience: 'https://api.example.com' }],
  ['the resource', { resource: ['https://api.example.com'] }],
  ['a token parameter', { token: { url: TOKEN_URL, params: { a: 'b' } } }],
  ['a query parameter', { token: { url: TOKEN_URL, query: { a: 'b' } } }],
];

/*
 * What happens to a credential when its settings request something else.
 */
describe.each(databaseIds())('a changed token request on %s', databaseId => {
  let knex: Knex;
  let provider: ScriptedProvider;
  let a: TestReplica;
  let b: TestReplica;
  let id: string;
  let grantType: string;

  const replica = (
    more: Partial<ConstructorParameters<typeof TestReplica>[0]> = {},
  ) => new TestReplica({ knex, client: provider.client, ...more });

  const auth = (change: Record<string, unknown> = {}) => ({
    ...{ grantType, username: 'robot', token: { url: TOKEN_URL } },
    ...{ scopes: ['read'], ...change },
  });

  beforeEach(async () => {
    ({ knex, provider, replica: a } = await setUpReplica(databaseId));
    b = replica();
  });

  describe.each(['client_credentials', 'password'])('of %s', grant => {
    beforeEach(async () => {
      grantType = grant;
      const secrets = {
        ...{ 'auth.clientSecret': 'hush', 'auth.password': 'word' },
      };
      id = await a.save(provider.grant(), { auth: auth(), secrets });
    });

    it.each(CHANGES)(
      'threats 37: %s: no token of the earlier request is handed out, from memory or from the database',
      async (_, change) => {
        const earlier = await b.take('crm');
        await a.change(id, { auth: auth(change) });
        b.memory.drop({ datasourceId: id }); // as the change feed does
        const token = await b.take('crm');
        expect(token).not.toBe(earlier);
        expect(token).toBe(provider.latest);
        expect(await a.take('crm')).toBe(token);
        expect(provider.presented).toEqual([undefined]);
        expect(await a.row(id)).toMatchObject({
          ...{ state: 'live', generation: 1 },
        });
      },
    );

    it('threats 37: a refresh that began before the change gives nothing to later callers', async () => {
      await a.age(id, HOUR);
      const stop = a.stopAt('send');
      const first = a.take('crm');
      await stop.arrived;
      await a.change(id, { auth: auth({ scopes: ['write'] }) });
      a.memory.drop({ datasourceId: id });
      const second = a.take('crm');
      await sleep(50);
      stop.go();
      const before = await first;
      expect(await second).not.toBe(before);
      expect(await second).toBe(provider.latest);
      expect(provider.calls).toHaveLength(2);
    });

    it('is made at once, without a caller, and once', async () => {
      await a.change(id, { auth: auth({ scopes: ['write'] }) });
      await Promise.all(
        [a, b].map(each => each.broker.renewIfDue(CredentialKey.service(id))),
      );
      expect(provider.calls).toHaveLength(1);
      await b.broker.renewIfDue(CredentialKey.service(id));
      expect(await b.take('crm')).toBe(provider.latest);
      expect(provider.calls).toHaveLength(1);
    });

    describe('is recorded', () => {
      const key = () => CredentialKey.service(id);
      const entries = () => knex('activity').select('kind', 'actor');
      const refreshedBy = (actor: string | null) => [
        { kind: 'refreshed', actor },
      ];

      it('with the user who saved the change, and later ones without', async () => {
        await a.change(id, { auth: auth({ scopes: ['write'] }) });
        await a.broker.settingsChanged(key(), JANE);
        await eventually(async () =>
          expect(await entries()).toEqual(refreshedBy(JANE)),
        );
        await a.age(id, HOUR);
        await knex('activity').delete();
        await a.broker.renewIfDue(key());
        await eventually(async () =>
          expect(await entries()).toEqual(refreshedBy(null)),
        );
      });

      it('with the user who saved it after a rejection', async () => {
        await a.age(id, HOUR);
        provider.script.push(() => {
          throw failure('refused', 'invalid_scope');
        });
        await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 409 });
        await knex('activity').delete();
        await a.change(id, { auth: auth({ scopes: [] }) });
        await a.broker.settingsChanged(key(), JANE);
        await eventually(async () =>
          expect(await entries()).toEqual(refreshedBy(JANE)),
        );
      });

      it('without the user whose Save only coincides with it', async () => {
        await a.age(id, HOUR);
        await a.broker.settingsChanged(key(), JANE);
        await eventually(async () =>
          expect(await entries()).toEqual(refreshedBy(null)),
        );
      });
    });

    it('keeps the datasource authorized while it runs', async () => {
      await a.change(id, { auth: auth({ scopes: ['write'] }) });
      const states: string[] = [];
      const look = async () => {
        const datasource = (await b.datasources.findById(id))!;
        states.push((await b.statuses.of(datasource)).state);
      };
      await look();
      provider.script.push(async issue => {
        await look();
        return issue();
      });
      await a.broker.renewIfDue(CredentialKey.service(id));
      await look();
      expect(states).toEqual(['AUTHORIZED', 'AUTHORIZED', 'AUTHORIZED']);
    });

    it('is made after a rejection, which otherwise only a user could resolve', async () => {
      await a.age(id, HOUR);
      provider.script.push(() => {
        throw failure('refused', 'invalid_scope');
      });
      await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 409 });
      await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 409 });
      expect(provider.calls).toHaveLength(1);
      await a.change(id, { auth: auth({ scopes: [] }) });
      await a.broker.settingsChanged(CredentialKey.service(id));
      a.memory.drop({ datasourceId: id });
      expect(await a.take('crm')).toBe(provider.latest);
      expect(await a.row(id)).toMatchObject({ state: 'live', generation: 1 });
    });

    it('backs off after a failure like any other, and serves no token of the earlier request meanwhile', async () => {
      await a.change(id, { auth: auth({ scopes: ['write'] }) });
      provider.script.push(() => {
        throw failure('answered', 'invalid_scope');
      });
      for (let call = 0; call < 3; call++) {
        await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 503 });
      }
      expect(provider.calls).toHaveLength(1);
      await a.age(id, HOUR);
      await a.sweeper.sweep();
      expect(provider.calls).toHaveLength(2);
      expect(await a.take('crm')).toBe(provider.latest);
    });

    it("moment 16: isn't made for a credential that a user cleared", async () => {
      await a.clear(id);
      await a.change(id, { auth: auth({ scopes: ['write'] }) });
      await a.broker.renewIfDue(CredentialKey.service(id));
      await expect(a.take('crm')).rejects.toMatchObject({ statusCode: 409 });
      expect(provider.calls).toHaveLength(0);
    });

    it("threats 1: isn't made if secrets or tokens would also be sent elsewhere", async () => {
      const settings = { baseUrl: 'https://elsewhere.example.com' };
      await a.change(id, { auth: auth({ scopes: ['write'] }), settings });
      await a.broker.renewIfDue(CredentialKey.service(id));
      const moved = auth({ token: { url: 'https://evil.example/token' } });
      await a.change(id, { auth: moved });
      await a.broker.renewIfDue(CredentialKey.service(id));
      await expect(b.take('crm')).rejects.toMatchObject({ statusCode: 409 });
      expect(provider.calls).toHaveLength(0);
      expect((await a.row(id)).sealed).toBeDefined();
    });

    it("isn't made for the same scopes in another order, or for a title", async () => {
      await a.change(id, { auth: auth({ scopes: ['write', 'read'] }) });
      const token = await a.take('crm');
      await b.change(id, {
        auth: auth({ scopes: ['read', 'write'] }),
        settings: { title: 'CRM' },
      });
      expect(await b.take('crm')).toBe(token);
      expect(provider.calls).toHaveLength(1);
    });
  });

  it("moment 19: two replicas of a rollout don't alternate in sending their rejected passwords", async () => {
    const declared = (username: string) => ({
      machine: {
        auth: {
          ...{ grantType: 'password', clientId: 'backstage', username },
          ...{ clientSecret: 'hush', password: 'word' },
          token: { url: TOKEN_URL },
        },
      },
    });
    const replicas = ['old', 'new'].map(username =>
      replica({ declared: declared(username) }),
    );
    const [{ declared: mirrored, datasourceStore: store, logger }] = replicas;
    await mirrored.mirror({ store, logger });
    const refuse = () => {
      throw failure('refused', 'invalid_grant');
    };
    provider.script.push(refuse, refuse, refuse);
    for (const each of [...replicas, ...replicas]) {
      await expect(each.take('machine')).rejects.toMatchObject({
        statusCode: 409,
      });
      await knex('credentials').decrement('presented_at', 20_000);
      each.memory.drop((await each.memory.get('machine')).key);
    }
    expect(provider.calls).toHaveLength(1);
  });

  it("threats 37: two replicas of a rollout that request different scopes don't alternate at each call", async () => {
    const declared = (scope: string) => ({
      machine: {
        auth: {
          ...{ grantType: 'client_credentials', clientId: 'backstage' },
          ...{ clientSecret: 'hush', token: { url: TOKEN_URL } },
          scopes: [scope],
        },
      },
    });
    const before = replica({ declared: declared('read') });
    const after = replica({ declared: declared('write') });
    await before.declared.mirror({
      store: before.datasourceStore,
      logger: before.logger,
    });
    const first = await before.take('machine');
    const { record } = await before.datasources.get('machine');
    await expect(
      after.take('machine', {}, { deadline: 500 }),
    ).rejects.toMatchObject({ statusCode: 503 });
    expect(await before.take('machine')).toBe(first);
    expect(provider.calls).toHaveLength(1);
    await knex('credentials')
      .where({ datasource_id: record.id })
      .decrement('presented_at', 20_000);
    const second = after.take('machine');
    after.feed.tell({ datasourceId: record.id }); // as its poll does
    expect(await second).toBe(provider.latest);
    expect(await second).not.toBe(first);
    await before.broker.drain();
  });

  it('S1.5 keeps what a user approved, and reports that the saved scopes differ', async () => {
    grantType = 'authorization_code';
    const code = (change: Record<string, unknown>) => ({ auth: auth(change) });
    id = await a.save(provider.grant(), code({}));
    const token = await a.take('crm');
    const requestChanged = async () => {
      const datasource = (await a.datasources.findById(id))!;
      const status = await a.statuses.of(datasource);
      expect(status).toMatchObject({ state: 'AUTHORIZED' });
      return status.requestChanged;
    };
    expect(await requestChanged()).toBeUndefined();
    for (const change of [
      { scopes: ['read', 'write'] },
      { scopes: [] },
      { scopeSeparator: ',' },
      { authorize: { url: AUTHORIZE_URL, params: { access_type: 'offline' } } },
    ]) {
      await a.change(id, code(change));
      expect(await requestChanged()).toBe(true);
      a.memory.drop({ datasourceId: id });
      expect(await a.take('crm')).toBe(token);
    }
    await a.change(id, code({}));
    expect(await requestChanged()).toBeUndefined();
    expect(provider.calls).toHaveLength(0);
  });
});
