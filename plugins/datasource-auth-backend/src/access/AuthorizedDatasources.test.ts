import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  CredentialAction,
  DatasourceSettings,
  RESOURCE_TYPE_DATASOURCE,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceRules } from 'backstage-plugin-datasource-auth-node';
import {
  contentOf,
  bareSettingsOf,
  settingsOf,
} from '../__testUtils__/settings';
import { DatasourceRecord } from '../datasources/DatasourceRecord';
import { AccessControl } from './AccessControl';
import { AuthorizedDatasources } from './AuthorizedDatasources';
import { DatasourceRights } from './DatasourceRights';
import { Audit } from './Audit';
import { Caller } from './caller';

const PREFIX = /^datasource-auth\.(datasource\.)?/;

const SALES = { owner: 'group:default/sales', tags: ['prod'] };

const jane: Caller = {
  kind: 'user',
  userRef: 'user:default/jane',
  credentials: mockCredentials.user('user:default/jane'),
};

const ifOwnedBySales: PolicyDecision = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'datasource-auth',
  resourceType: RESOURCE_TYPE_DATASOURCE,
  conditions: {
    rule: 'IS_OWNER',
    resourceType: RESOURCE_TYPE_DATASOURCE,
    params: { owners: ['group:default/sales'] },
  },
};
const never: PolicyDecision = { result: AuthorizeResult.DENY };

/** Creates one stored datasource, and a policy that allows everything not listed. */
function guarded(
  policy: Record<string, PolicyDecision>,
  saved: Record<string, unknown> = SALES,
  auth: Record<string, unknown> = {},
) {
  const record: DatasourceRecord = {
    id: '3f2a7f0e-0a52-4a0e-9a39-3a6b8a2ad3a1',
    name: 'crm',
    source: 'database',
    version: 3,
    createdAt: 1,
    updatedAt: 1,
    changedAt: 1,
    ...contentOf(bareSettingsOf(saved, auth)),
  };
  const loaded = { record, secrets: new Map() };
  const decide = (name: string) =>
    policy[name.replace(PREFIX, '')] ?? { result: AuthorizeResult.ALLOW };
  const writer = {
    create: jest.fn(async () => loaded),
    update: jest.fn(async () => loaded),
    delete: jest.fn(),
    clear: jest.fn(async () => loaded),
  };
  const access = new AccessControl({
    permissions: mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(({ permission }) => ({
          result: decide(permission.name).result as AuthorizeResult.ALLOW,
        })),
      authorizeConditional: async requests =>
        requests.map(({ permission }) => decide(permission.name)),
    }),
    permissionsRegistry: mockServices.permissionsRegistry.mock({
      getPermissionRuleset: () => ({
        getRuleByName: (name: string) =>
          Object.values(datasourceRules).find(
            rule => rule.name === name,
          ) as any,
      }),
    }),
    userInfo: mockServices.userInfo.mock(),
    permissionsEnabled: true,
    managers: [],
  });
  const rights = new DatasourceRights({
    access,
    // `any`: only what the permission checks read.
    datasources: { get: async () => loaded } as any,
  });
  const datasources = new AuthorizedDatasources({
    audit: new Audit({
      auditor: mockServices.auditor.mock({
        createEvent: async () => ({
          success: async () => {},
          fail: async () => {},
        }),
      }),
    }),
    access,
    rights,
    // `any`: stubs have only the methods called here.
    writer: writer as any,
    removal: writer as any,
    views: {
      full: async (_: unknown, allowed: unknown) => ({ allowed }),
    } as any,
  });
  const save = (
    settings: DatasourceSettings,
    credential: CredentialAction = { action: 'keep' },
  ) => ({ settings, credential });
  return {
    writer,
    rights,
    datasources,
    update: (
      change: Record<string, unknown>,
      credential?: CredentialAction,
      authChange: Record<string, unknown> = {},
    ) =>
      datasources.update(
        'crm',
        3,
        save(
          settingsOf({ ...saved, ...change }, { ...auth, ...authChange }),
          credential,
        ),
        { caller: jane },
      ),
    create: (change: Record<string, unknown>, credential?: CredentialAction) =>
      datasources.create(save(settingsOf(change), credential), {
        caller: jane,
      }),
  };
}

const denied = { code: 'not_allowed', statusCode: 403 };
const hidden = { code: 'not_found', statusCode: 404 };
const replace: CredentialAction = {
  action: 'replace',
  authorizationId: '3f2a7f0e-0a52-4a0e-9a39-3a6b8a2ad3a2',
};

describe('threats 13: a rule is checked before and after a change', () => {
  it('a change within the rule is allowed', async () => {
    const { update, writer } = guarded({ update: ifOwnedBySales });
    await update({ title: 'CRM' });
    expect(writer.update).toHaveBeenCalledTimes(1);
  });

  it('nobody can change the owner to leave their policy', async () => {
    const { update, writer } = guarded({ update: ifOwnedBySales });
    await expect(
      update({ owner: 'group:default/other' }),
    ).rejects.toMatchObject(denied);
    await expect(update({ owner: undefined })).rejects.toMatchObject(denied);
    expect(writer.update).not.toHaveBeenCalled();
  });

  it('nobody can change the owner to enter a policy', async () => {
    const { update, writer } = guarded(
      { update: ifOwnedBySales },
      { owner: 'group:default/other' },
    );
    await expect(
      update({ owner: 'group:default/sales' }),
    ).rejects.toMatchObject(denied);
    expect(writer.update).not.toHaveBeenCalled();
  });

  it('an attempt with settings follows the same rule', async () => {
    const { rights } = guarded({ update: ifOwnedBySales });
    const settings = settingsOf({ owner: 'group:default/other' });
    await expect(
      rights.forAuthorizing('crm', settings, { caller: jane }),
    ).rejects.toMatchObject(denied);
    await rights.forAuthorizing('crm', settingsOf(SALES), {
      caller: jane,
    });
    await rights.forAuthorizing('crm', undefined, { caller: jane });
  });

  it('an attempt without a datasource follows the rules for the new one', async () => {
    const { rights } = guarded({ authorize: ifOwnedBySales });
    await expect(
      rights.forAuthorizing(
        undefined,
        settingsOf({ owner: 'group:default/other' }),
        { caller: jane },
      ),
    ).rejects.toMatchObject(denied);
  });
});

describe('the permissions required for a save', () => {
  it.each<[string, CredentialAction]>([
    ['authorize', replace],
    ['clear', { action: 'clear' }],
  ])('%s besides update, for the credential', async (permission, action) => {
    const { update, writer } = guarded({ [permission]: never });
    await expect(update({}, action)).rejects.toMatchObject(denied);
    expect(writer.update).not.toHaveBeenCalled();
    await update({}, { action: 'keep' });
    expect(writer.update).toHaveBeenCalledTimes(1);
  });

  it('update, whatever happens to the credential', async () => {
    const { update } = guarded({ update: never });
    await expect(update({}, replace)).rejects.toMatchObject(denied);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['one more consumer', { consumers: ['catalog', 'search'] }, {}],
    ['all consumers', { consumers: '*' }, {}],
    ['one more host', { allowedHosts: ['files.example.com'] }, {}],
    ['another API', { baseUrl: 'https://evil.example' }, {}],
    ['a route', { gateway: { routes: [{ methods: ['GET'], path: '/' }] } }, {}],
    ['one more scope', {}, { scopes: ['read', 'write'] }],
  ])('grant, for %s', async (_, change, auth) => {
    const saved = { ...SALES, consumers: ['catalog'] };
    const { update, writer } = guarded({ grant: never }, saved, {
      scopes: ['read'],
    });
    await expect(update(change, undefined, auth)).rejects.toMatchObject(denied);
    expect(writer.update).not.toHaveBeenCalled();
  });

  it('not grant, for fewer', async () => {
    const { update, writer } = guarded(
      { grant: never },
      { ...SALES, consumers: '*', allowedHosts: ['a.example'] },
      { scopes: ['read', 'write'] },
    );
    await update({ consumers: ['catalog'], allowedHosts: [] }, undefined, {
      scopes: ['read'],
    });
    expect(writer.update).toHaveBeenCalledTimes(1);
  });

  it('grant and authorize for a new datasource too', async () => {
    const noGrant = guarded({ grant: never });
    await expect(noGrant.create({ consumers: '*' })).rejects.toMatchObject(
      denied,
    );
    await noGrant.create({});
    expect(noGrant.writer.create).toHaveBeenCalledTimes(1);
    const noAuthorize = guarded({ authorize: never });
    await expect(noAuthorize.create({}, replace)).rejects.toMatchObject(denied);
    expect(noAuthorize.writer.create).not.toHaveBeenCalled();
    const noCreate = guarded({ create: never });
    await expect(noCreate.create({})).rejects.toMatchObject(denied);
  });
});

describe('threats 1: an attempt whose token would go elsewhere', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['to another API', { baseUrl: 'https://evil.example' }, {}],
    ['to one more host', { allowedHosts: ['evil.example'] }, {}],
    ['with one more scope', {}, { scopes: ['admin'] }],
  ])(
    '%s requires grant, because it can be tested unsaved',
    async (_, ...change) => {
      const { rights } = guarded({ grant: never });
      const [settings, auth] = change;
      await expect(
        rights.forAuthorizing(
          'crm',
          settingsOf({ ...SALES, ...settings }, auth),
          { caller: jane },
        ),
      ).rejects.toMatchObject(denied);
      await rights.forAuthorizing('crm', settingsOf(SALES), {
        caller: jane,
      });
    },
  );
});

describe("a datasource that the caller can't see", () => {
  it('is not found, whatever the request', async () => {
    const { datasources, rights, update, writer } = guarded({ read: never });
    const caller = { caller: jane };
    for (const attempt of [
      datasources.get('crm', caller),
      update({}),
      datasources.delete('crm', { force: true, revoke: false }, caller),
      datasources.clear('crm', { revoke: false }, caller),
      rights.forAuthorizing('crm', undefined, caller),
      rights.forActivity('crm', caller),
    ]) {
      await expect(attempt).rejects.toMatchObject(hidden);
    }
    expect(writer.update).not.toHaveBeenCalled();
    expect(writer.delete).not.toHaveBeenCalled();
    expect(writer.clear).not.toHaveBeenCalled();
  });

  it('returns an error if the caller can see but not change it', async () => {
    const { datasources, writer } = guarded({
      ...{ delete: never, clear: never, grant: never },
    });
    await expect(
      datasources.delete(
        'crm',
        { force: true, revoke: false },
        { caller: jane },
      ),
    ).rejects.toMatchObject(denied);
    await expect(
      datasources.clear('crm', { revoke: false }, { caller: jane }),
    ).rejects.toMatchObject(denied);
    expect(writer.delete).not.toHaveBeenCalled();
    expect(writer.clear).not.toHaveBeenCalled();
    expect(await datasources.get('crm', { caller: jane })).toEqual({
      allowed: {
        ...{ update: true, grant: false, delete: false },
        ...{ authorize: true, clear: false },
        ...{ ask: true, connections: true },
      },
    });
  });

  it('has a separate permission for its timeline', async () => {
    const { rights } = guarded({ 'activity.read': never });
    await expect(
      rights.forActivity('crm', { caller: jane }),
    ).rejects.toMatchObject(denied);
  });
});
