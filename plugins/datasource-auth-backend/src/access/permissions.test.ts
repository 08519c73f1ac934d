import { Knex } from 'knex';
import {
  AuthorizeResult,
  isPermission,
} from '@backstage/plugin-permission-common';
import { PermissionPolicy } from '@backstage/plugin-permission-node';
import {
  activityReadPermission,
  datasourceGrantPermission,
  datasourceReadPermission,
  datasourceUpdatePermission,
} from 'backstage-plugin-datasource-auth-common';
import {
  createDatasourceConditionalDecision,
  datasourceConditions,
} from 'backstage-plugin-datasource-auth-node';
import { databaseIds, databases } from '../__testUtils__/databases';
import { machine } from '../__testUtils__/demoSettings';
import { permissionFramework } from '../__testUtils__/permissionFramework';
import {
  ApiClient,
  RunningDatasourceAuth,
  startDatasourceAuth,
} from '../__testUtils__/startDatasourceAuth';

jest.setTimeout(120_000);

/*
 * Backstage's real permission backend with a typical policy: the platform team may do everything. Others see
 * what they own or what is tagged `public`, change what they own, and never widen what a credential can be
 * used for.
 */
const PLATFORM = 'user:default/platform';

const policy: PermissionPolicy['handle'] = async ({ permission }, user) => {
  const refs = user?.info.ownershipEntityRefs ?? [];
  const owned = datasourceConditions.isOwner({ owners: refs });
  if (refs.includes(PLATFORM)) return { result: AuthorizeResult.ALLOW };
  if (isPermission(permission, datasourceReadPermission)) {
    return createDatasourceConditionalDecision(permission, {
      anyOf: [owned, datasourceConditions.hasTag({ tags: ['public'] })],
    });
  }
  if (isPermission(permission, datasourceUpdatePermission)) {
    return createDatasourceConditionalDecision(permission, owned);
  }
  if (
    isPermission(permission, datasourceGrantPermission) ||
    isPermission(permission, activityReadPermission)
  ) {
    return { result: AuthorizeResult.DENY };
  }
  return { result: AuthorizeResult.ALLOW };
};

const PROVIDER = 'https://login.example.com';

const settings = (name: string, more: object = {}) => ({
  ...machine(name, PROVIDER, ['consumer-a']),
  ...more,
});

describe.each(databaseIds())('permissions on, on %s', databaseId => {
  let knex: Knex;
  let app: RunningDatasourceAuth;
  let platform: ApiClient;
  let jane: ApiClient;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    app = await startDatasourceAuth({
      knex,
      config: { permission: { enabled: true } },
      // Managers don't count while permissions are on.
      datasourceAuth: { access: { managers: ['user:default/jane'] } },
      features: permissionFramework(policy),
    });
    platform = await app.user(PLATFORM);
    jane = await app.user('user:default/jane');
    for (const [name, more] of [
      ['hers', { owner: 'user:default/Jane' }],
      ['public', { owner: 'group:default/other', tags: ['public'] }],
      ['hidden', { owner: 'group:default/other', tags: ['publicity'] }],
    ] as const) {
      await platform('POST', '/datasources', settings(name, more));
    }
  });

  afterAll(() => app?.stop());

  const change = async (client: ApiClient, name: string, more: object) => {
    const { body } = await platform('GET', `/datasources/${name}`);
    return client(
      'PUT',
      `/datasources/${name}`,
      settings(name, { owner: body.owner, tags: body.tags, ...more }),
      { 'if-match': `"${body.version}"` },
    );
  };

  const denied = { status: 403, body: { error: { code: 'not_allowed' } } };
  const hidden = { status: 404, body: { error: { code: 'not_found' } } };

  it('lists and counts what the policy allows, in pages of the requested size', async () => {
    const first = await jane('GET', '/datasources?limit=1');
    expect(first.body.items).toHaveLength(1);
    const second = await jane(
      'GET',
      `/datasources?limit=1&cursor=${first.body.nextCursor}`,
    );
    expect(
      [...first.body.items, ...second.body.items]
        .map(({ name }: any) => name)
        .sort(),
    ).toEqual(['hers', 'public']);
    expect(second.body.nextCursor).toBeUndefined();
    expect(first.body.totalItems).toBe(2);
    expect((await platform('GET', '/datasources')).body.totalItems).toBe(3);
  });

  it('does not find what the policy hides, whatever the request', async () => {
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/export'],
      ['GET', '/activity'],
      ['GET', '/consumers'],
      ['DELETE', '?force=true'],
      ['DELETE', '/credential'],
      ['POST', '/test'],
      ['POST', '/rehearsal'],
    ]) {
      expect(await jane(method, `/datasources/hidden${path}`)).toMatchObject(
        hidden,
      );
    }
    expect(await change(jane, 'hidden', {})).toMatchObject(hidden);
    expect(
      await jane('POST', '/authorizations', { datasource: 'hidden' }),
    ).toMatchObject(hidden);
  });

  it('threats 13: changes what the user owns, and can neither take over nor give away', async () => {
    expect((await change(jane, 'hers', { title: 'Hers' })).status).toBe(200);
    expect(await change(jane, 'public', { title: 'Mine' })).toMatchObject(
      denied,
    );
    expect(
      await change(jane, 'public', { owner: 'user:default/jane' }),
    ).toMatchObject(denied);
    expect(
      await change(jane, 'hers', { owner: 'group:default/other' }),
    ).toMatchObject(denied);
  });

  it.each([
    ['consumers', { consumers: ['consumer-a', 'consumer-b'] }],
    ['allowed hosts', { allowedHosts: ['files.example.com'] }],
    [
      'gateway routes',
      { gateway: { routes: [{ methods: ['GET'], path: '/' }] } },
    ],
    ['scopes', { auth: { ...settings('x').auth, scopes: ['read', 'write'] } }],
  ])('requires grant to widen the %s', async (_, more) => {
    expect(await change(jane, 'hers', more)).toMatchObject({
      status: 403,
      body: {
        error: {
          message: expect.stringContaining(datasourceGrantPermission.name),
        },
      },
    });
    expect((await change(platform, 'hers', more)).status).toBe(200);
    // Removing isn't widening.
    expect(
      (await change(jane, 'hers', { consumers: [], title: 'Hers' })).status,
    ).toBe(200);
  });

  it('requires grant for a credential with more scopes, even if it could be saved under the old ones', async () => {
    const { auth } = settings('hers');
    expect(
      await jane('POST', '/authorizations', {
        datasource: 'hers',
        settings: settings('hers', {
          owner: 'user:default/jane',
          auth: { ...auth, scopes: ['read', 'write', 'admin'] },
        }),
      }),
    ).toMatchObject(denied);
  });

  it('returns the timeline only to users who may read it', async () => {
    expect(await jane('GET', '/datasources/hers/activity')).toMatchObject(
      denied,
    );
    expect((await platform('GET', '/datasources/hers/activity')).status).toBe(
      200,
    );
  });

  it('threats 10: limits plugins to the list, whatever the policy', async () => {
    const answer = await app.consume('consumer-b', 'public');
    expect(answer.status).toBe(403);
    expect(answer.body.error.name).toBe('DatasourceConsumerNotAllowedError');
  });
});
