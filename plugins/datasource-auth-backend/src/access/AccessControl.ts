import {
  PermissionsRegistryService,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  BasicPermission,
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import {
  DatasourceAuthError,
  datasourceAuthorizePermission,
  datasourceCreatePermission,
  datasourceGrantPermission,
  datasourceUpdatePermission,
  datasourceUsePermission,
  RESOURCE_TYPE_DATASOURCE,
  message,
} from 'backstage-plugin-datasource-auth-common';
import {
  DatasourceResource,
  datasourceResourceRef,
} from 'backstage-plugin-datasource-auth-node';
import {
  DatasourceCondition,
  NO_DATASOURCE,
} from '../datasources/whereCondition';
import { Caller } from './caller';

type DatasourcePermission = ResourcePermission<typeof RESOURCE_TYPE_DATASOURCE>;

/** A decision that can be applied to many datasources. */
export interface Decide {
  (resource: DatasourceResource): boolean;
  /** The same for lists; undefined if everything is allowed. */
  condition?: DatasourceCondition;
}

const NEVER: Decide = Object.assign(() => false, { condition: NO_DATASOURCE });

/**
 * Decides who may do what.
 *
 * The permission framework allows every service principal, and every user while it is off, so it isn't enough
 * alone. Writing requires a user, or an external token with the named permission, never a plugin as itself.
 * While permissions are off, only the configured managers may write.
 */
export class AccessControl {
  readonly #permissions: PermissionsService;
  readonly #registry: PermissionsRegistryService;
  readonly #userInfo: UserInfoService;
  readonly #enabled: boolean;
  readonly #managers: Set<string>;

  constructor(options: {
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
    userInfo: UserInfoService;
    /** Whether permissions are on. */
    permissionsEnabled: boolean;
    /** User and group refs that may write while permissions are off. */
    managers: string[];
  }) {
    this.#permissions = options.permissions;
    this.#registry = options.permissionsRegistry;
    this.#userInfo = options.userInfo;
    this.#enabled = options.permissionsEnabled;
    this.#managers = new Set(
      options.managers.map(manager => manager.toLowerCase()),
    );
  }

  /** Decides about reading and using any datasource. Plugins as themselves don't read by permission. */
  async reads(
    caller: Caller,
    permission: DatasourcePermission,
  ): Promise<Decide> {
    if (caller.kind === 'plugin') return NEVER;
    return this.#decide(caller, permission);
  }

  /** Decides about calling APIs. An external token must name the permission, because others may do everything. */
  async uses(caller: Caller): Promise<Decide> {
    const { name } = datasourceUsePermission;
    if (
      caller.kind === 'external' &&
      !caller.restrictions?.permissionNames?.includes(name)
    ) {
      return NEVER;
    }
    return this.reads(caller, datasourceUsePermission);
  }

  /** Decides about changing datasources. Throws the reason if this caller can't write at all. */
  async writes(
    caller: Caller,
    permission: DatasourcePermission,
  ): Promise<Decide> {
    await this.#assertWriter(caller, permission);
    return this.#decide(caller, permission);
  }

  /** @throws DatasourceAuthError `not_allowed`, `managers_missing` or `not_a_person` */
  async assertMayCreate(
    caller: Caller,
    permission: BasicPermission,
  ): Promise<void> {
    await this.#assertWriter(caller, permission);
    await this.assertPermitted(caller, permission);
  }

  /**
   * Requires a permission that people have for themselves. It takes no writer.
   *
   * @throws DatasourceAuthError `not_allowed`
   */
  async assertPermitted(
    caller: Caller,
    permission: BasicPermission,
  ): Promise<void> {
    const [{ result }] = await this.#permissions.authorize([{ permission }], {
      credentials: caller.credentials,
    });
    if (result !== AuthorizeResult.ALLOW) throw notAllowed(permission.name);
  }

  /**
   * Requires permission to create a datasource, or to choose the consumers of at least one.
   *
   * @throws DatasourceAuthError as {@link AccessControl.assertMayCreate}
   */
  async assertMayChooseConsumers(caller: Caller): Promise<void> {
    try {
      await this.assertMayCreate(caller, datasourceCreatePermission);
    } catch (error) {
      const refused = error instanceof DatasourceAuthError;
      if (!refused || !(await this.#mayGrant(caller))) throw error;
    }
  }

  async #mayGrant(caller: Caller): Promise<boolean> {
    if (!(await this.isWriter(caller, datasourceGrantPermission))) return false;
    return (await this.#decide(caller, datasourceGrantPermission)) !== NEVER;
  }

  /** Whether a caller is a user or belongs to a group, by the entity refs of their sign-in. */
  async belongsTo(
    caller: Extract<Caller, { kind: 'user' }>,
    ref: string,
  ): Promise<boolean> {
    return (await this.#refsOf(caller)).includes(ref.toLowerCase());
  }

  /** Whether a caller could write, without the reason. */
  async isWriter(
    caller: Caller,
    permission: DatasourcePermission | BasicPermission,
  ): Promise<boolean> {
    try {
      await this.#assertWriter(caller, permission);
      return true;
    } catch (error) {
      if (error instanceof DatasourceAuthError) return false;
      throw error;
    }
  }

  /** Whether the policy lets a user change and authorize every datasource unconditionally. */
  async mayChangeAll(
    caller: Extract<Caller, { kind: 'user' }>,
  ): Promise<boolean> {
    const decisions = await this.#permissions.authorizeConditional(
      [
        { permission: datasourceUpdatePermission },
        { permission: datasourceAuthorizePermission },
      ],
      { credentials: caller.credentials },
    );
    return decisions.every(({ result }) => result === AuthorizeResult.ALLOW);
  }

  async #assertWriter(
    caller: Caller,
    permission: { name: string },
  ): Promise<void> {
    switch (caller.kind) {
      case 'plugin':
        throw new DatasourceAuthError(
          message('error.pluginAlone', { plugin: caller.plugin }),
          { code: 'not_a_person', statusCode: 403 },
        );
      case 'external':
        if (!caller.restrictions?.permissionNames?.includes(permission.name)) {
          throw new DatasourceAuthError(
            message('error.externalPermissionMissing', {
              permission: permission.name,
            }),
            { code: 'not_allowed', statusCode: 403 },
          );
        }
        return;
      default:
        if (!this.#enabled) await this.#assertManager(caller);
    }
  }

  async #assertManager(
    caller: Extract<Caller, { kind: 'user' }>,
  ): Promise<void> {
    if (this.#managers.size === 0) {
      throw new DatasourceAuthError(message('error.managersMissing'), {
        code: 'managers_missing',
        statusCode: 403,
      });
    }
    const refs = await this.#refsOf(caller);
    if (!refs.some(ref => this.#managers.has(ref))) {
      throw new DatasourceAuthError(message('error.managersOnly'), {
        code: 'not_allowed',
        statusCode: 403,
      });
    }
  }

  /** In lower case. */
  async #refsOf(caller: Extract<Caller, { kind: 'user' }>): Promise<string[]> {
    const { ownershipEntityRefs } = await this.#userInfo.getUserInfo(
      caller.credentials,
    );
    return [caller.userRef, ...ownershipEntityRefs].map(ref =>
      ref.toLowerCase(),
    );
  }

  async #decide(
    caller: Caller,
    permission: DatasourcePermission,
  ): Promise<Decide> {
    const [decision]: PolicyDecision[] =
      await this.#permissions.authorizeConditional([{ permission }], {
        credentials: caller.credentials,
      });
    if (decision.result === AuthorizeResult.ALLOW) return () => true;
    if (decision.result !== AuthorizeResult.CONDITIONAL) return NEVER;
    const rules = this.#registry.getPermissionRuleset(datasourceResourceRef);
    const matches = createConditionAuthorizer(rules);
    return Object.assign(
      (resource: DatasourceResource) => matches(decision, resource),
      { condition: createConditionTransformer(rules)(decision.conditions) },
    );
  }
}

/** The error for a caller who may see the datasource but not do this. */
export function notAllowed(permission: string): DatasourceAuthError {
  return new DatasourceAuthError(
    message('error.permissionMissing', { permission }),
    { code: 'not_allowed', statusCode: 403 },
  );
}
