import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  DatasourceAuthError,
  datasourceAuthPermissions,
  datasourceCreatePermission,
  datasourceReadPermission,
  datasourceUpdatePermission,
  datasourceUsePermission,
  RESOURCE_TYPE_DATASOURCE,
} from 'backstage-plugin-datasource-auth-common';
import {
  DatasourceResource,
  datasourceRules,
} from 'backstage-plugin-datasource-auth-node';
import { AccessControl } from './AccessControl';
import { Caller } from './caller';

const user = (userRef = 'user:default/jane', plugin?: string): Caller => ({
  kind: 'user',
  userRef,
  plugin,
  credentials: mockCredentials.user(userRef),
});
const plugin: Caller = {
  kind: 'plugin',
  plugin: 'catalog',
  credentials: mockCredentials.service('plugin:catalog'),
};
const external = (...permissionNames: string[]): Caller => ({
  kind: 'external',
  subject: 'ci',
  restrictions: permissionNames.length ? { permissionNames } : undefined,
  credentials: mockCredentials.service('ci'),
});

const RESOURCE: DatasourceResource = {
  name: 'crm',
  owner: 'group:default/sales',
  tags: ['prod'],
  source: 'database',
};

const when = (rule: string, params: object): PolicyDecision =>
  ({
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'datasource-auth',
    resourceType: RESOURCE_TYPE_DATASOURCE,
    conditions: { rule, resourceType: RESOURCE_TYPE_DATASOURCE, params },
  } as PolicyDecision);

function accessWith(options: {
  permissionsEnabled?: boolean;
  managers?: string[];
  groups?: string[];
  decision?: PolicyDecision;
}) {
  // Like the framework, which allows everyone while it is off, and plugins always.
  const decision = options.decision ?? { result: AuthorizeResult.ALLOW };
  const permissions = mockServices.permissions.mock({
    authorize: async () => [
      { result: decision.result as AuthorizeResult.ALLOW },
    ],
    authorizeConditional: async () => [decision],
  });
  const userInfo = mockServices.userInfo.mock({
    getUserInfo: async credentials => ({
      userEntityRef: (credentials.principal as any).userEntityRef,
      ownershipEntityRefs: options.groups ?? [],
    }),
  });
  return {
    permissions,
    access: new AccessControl({
      permissions,
      permissionsRegistry: mockServices.permissionsRegistry.mock({
        getPermissionRuleset: () => ({
          getRuleByName: (name: string) =>
            Object.values(datasourceRules).find(
              rule => rule.name === name,
            ) as any,
        }),
      }),
      userInfo,
      permissionsEnabled: options.permissionsEnabled ?? false,
      managers: options.managers ?? [],
    }),
  };
}

async function refusal(run: Promise<unknown>): Promise<DatasourceAuthError> {
  const error = await run.then(
    () => undefined,
    thrown => thrown,
  );
  expect(error).toBeInstanceOf(DatasourceAuthError);
  return error;
}

const managed = { managers: ['user:default/jane', 'group:default/platform'] };

describe('while permissions are off', () => {
  it('threats 12: managers write, directly or through a plugin', async () => {
    const { access } = accessWith(managed);
    for (const caller of [user(), user('user:default/jane', 'catalog')]) {
      const decide = await access.writes(caller, datasourceUpdatePermission);
      expect(decide(RESOURCE)).toBe(true);
      await access.assertMayCreate(caller, datasourceCreatePermission);
      expect(await access.isWriter(caller, datasourceCreatePermission)).toBe(
        true,
      );
    }
  });

  it('threats 12: members of a manager group write, whatever the case of the ref', async () => {
    const { access } = accessWith({
      managers: ['Group:default/Platform'],
      groups: ['group:default/platform', 'user:default/eve'],
    });
    expect(
      await access.isWriter(
        user('user:default/eve'),
        datasourceUpdatePermission,
      ),
    ).toBe(true);
  });

  it.each(['user:default/eve', 'user:development/guest', 'user:other/jane'])(
    'threats 12: %s cannot write',
    async userRef => {
      const { access } = accessWith({
        ...managed,
        groups: [userRef, 'group:default/all'],
      });
      const caller = user(userRef);
      expect(
        await refusal(access.writes(caller, datasourceUpdatePermission)),
      ).toMatchObject({ code: 'not_allowed', statusCode: 403 });
      expect(
        await refusal(
          access.assertMayCreate(caller, datasourceCreatePermission),
        ),
      ).toMatchObject({ code: 'not_allowed' });
      expect(await access.isWriter(caller, datasourceUpdatePermission)).toBe(
        false,
      );
    },
  );

  it('threats 12: nobody writes without managers, and the error says what to set', async () => {
    const { access } = accessWith({});
    const error = await refusal(
      access.writes(user(), datasourceUpdatePermission),
    );
    expect(error).toMatchObject({ code: 'managers_missing', statusCode: 403 });
    expect(error.message).toMatch(
      /permission\.enabled.*datasourceAuth\.access\.managers/,
    );
  });

  it('users read', async () => {
    const { access } = accessWith({});
    const decide = await access.reads(
      user('user:default/eve'),
      datasourceReadPermission,
    );
    expect(decide(RESOURCE)).toBe(true);
  });
});

describe('while permissions are on', () => {
  const on = (decision?: PolicyDecision) =>
    accessWith({ permissionsEnabled: true, decision });

  it('the policy decides about users, and managers do not count', async () => {
    const allowed = on().access;
    await allowed.assertMayCreate(user(), datasourceCreatePermission);
    const denied = accessWith({
      ...managed,
      permissionsEnabled: true,
      decision: { result: AuthorizeResult.DENY },
    }).access;
    expect(
      await refusal(denied.assertMayCreate(user(), datasourceCreatePermission)),
    ).toMatchObject({ code: 'not_allowed' });
    const decide = await denied.writes(user(), datasourceUpdatePermission);
    expect(decide(RESOURCE)).toBe(false);
  });

  it("the policy gets the caller's credentials and the permission", async () => {
    const { access, permissions } = on();
    const caller = user();
    await access.reads(caller, datasourceUsePermission);
    expect(permissions.authorizeConditional).toHaveBeenCalledWith(
      [{ permission: datasourceUsePermission }],
      { credentials: caller.credentials },
    );
  });

  it.each<[string, object, Partial<DatasourceResource>, boolean]>([
    ['IS_OWNER', { owners: ['Group:default/Sales'] }, {}, true],
    ['IS_OWNER', { owners: ['group:default/other'] }, {}, false],
    [
      'IS_OWNER',
      { owners: ['group:default/sales'] },
      { owner: undefined },
      false,
    ],
    ['HAS_TAG', { tags: ['dev', 'prod'] }, {}, true],
    ['HAS_TAG', { tags: ['dev'] }, {}, false],
    ['HAS_TAG', { tags: [] }, {}, false],
    ['HAS_SOURCE', { source: 'database' }, {}, true],
    ['HAS_SOURCE', { source: 'config' }, {}, false],
    ['HAS_NAME', { names: ['crm'] }, {}, true],
    ['HAS_NAME', { names: ['cr'] }, {}, false],
  ])(
    'applies the condition %s %j to each datasource (%j): %s',
    async (rule, params, change, expected) => {
      const { access } = on(when(rule, params));
      const decide = await access.writes(user(), datasourceUpdatePermission);
      expect(decide({ ...RESOURCE, ...change })).toBe(expected);
    },
  );

  it('does not accept a condition for creation, which has no datasource yet', async () => {
    const { access } = on(when('HAS_NAME', { names: ['crm'] }));
    expect(
      await refusal(access.assertMayCreate(user(), datasourceCreatePermission)),
    ).toMatchObject({ code: 'not_allowed' });
  });
});

describe.each([true, false])(
  'reads whether permissions are on (%s)',
  permissionsEnabled => {
    const { access } = accessWith({
      permissionsEnabled,
      managers: ['plugin:catalog', 'ci', 'user:default/jane'],
    });

    it('threats 10: a plugin as itself never writes, although the framework allows it', async () => {
      for (const permission of datasourceAuthPermissions) {
        const error = await refusal(access.writes(plugin, permission as any));
        expect(error).toMatchObject({ code: 'not_a_person', statusCode: 403 });
        expect(error.message).toContain('Pass the credentials of the user');
      }
      expect(
        await refusal(
          access.assertMayCreate(plugin, datasourceCreatePermission),
        ),
      ).toMatchObject({ code: 'not_a_person' });
      expect(await access.isWriter(plugin, datasourceUpdatePermission)).toBe(
        false,
      );
    });

    it('threats 10: a plugin as itself does not read by permission', async () => {
      const decide = await access.reads(plugin, datasourceReadPermission);
      expect(decide(RESOURCE)).toBe(false);
    });

    it('threats 10: an external token writes only what it names', async () => {
      const caller = external(datasourceUpdatePermission.name);
      const decide = await access.writes(caller, datasourceUpdatePermission);
      expect(decide(RESOURCE)).toBe(true);
      const error = await refusal(
        access.assertMayCreate(caller, datasourceCreatePermission),
      );
      expect(error).toMatchObject({ code: 'not_allowed' });
      expect(error.message).toContain(datasourceCreatePermission.name);
      expect(error.message).toContain('accessRestrictions');
    });

    it('threats 10: an external token without restrictions writes nothing', async () => {
      expect(
        await refusal(access.writes(external(), datasourceUpdatePermission)),
      ).toMatchObject({ code: 'not_allowed' });
      const attributesOnly: Caller = {
        ...external(),
        restrictions: { permissionAttributes: { action: ['update'] } },
      } as Caller;
      expect(
        await access.isWriter(attributesOnly, datasourceUpdatePermission),
      ).toBe(false);
    });
  },
);

it('does not hide an unrelated error behind "may not write"', async () => {
  const { access } = accessWith(managed);
  const broken = new AccessControl({
    permissions: mockServices.permissions.mock(),
    permissionsRegistry: mockServices.permissionsRegistry.mock(),
    userInfo: mockServices.userInfo.mock({
      getUserInfo: async () => {
        throw new Error('the auth plugin is down');
      },
    }),
    permissionsEnabled: false,
    managers: ['user:default/jane'],
  });
  expect(await access.isWriter(user(), datasourceUpdatePermission)).toBe(true);
  await expect(
    broken.isWriter(user(), datasourceUpdatePermission),
  ).rejects.toThrow('the auth plugin is down');
});
