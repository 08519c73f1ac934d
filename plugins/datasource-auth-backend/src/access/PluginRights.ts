import {
  DatasourceAuthError,
  DatasourceConsumerNotAllowedError,
  datasourceUsePermission,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { Delegations } from '../connections/Delegations';
import { LoadedDatasource } from '../datasources/Datasources';
import { AccessControl } from './AccessControl';
import { Audit } from './Audit';
import { Caller } from './caller';
import { ConsumerList } from './ConsumerList';
import { resourceOf } from './DatasourceRights';

/**
 * Who may use the credential of a datasource in any way: allowed plugins, with their own verified token or on behalf of
 * a user, who then needs `use` too. Never a user directly, never an external token.
 */
export class PluginRights {
  readonly #access: AccessControl;
  readonly #audit: Audit;
  readonly #consumers: ConsumerList;
  readonly #delegations: Delegations;

  constructor(options: {
    access: AccessControl;
    audit: Audit;
    consumers: ConsumerList;
    delegations: Delegations;
  }) {
    this.#access = options.access;
    this.#audit = options.audit;
    this.#consumers = options.consumers;
    this.#delegations = options.delegations;
  }

  /**
   * Returns the calling plugin, whether as itself or for a user.
   *
   * @throws DatasourceAuthError `not_a_plugin`
   */
  pluginOf(caller: Caller): string | Promise<never> {
    const plugin = caller.kind === 'external' ? undefined : caller.plugin;
    return plugin || this.#refuseOther(caller);
  }

  async #refuseOther(caller: Caller): Promise<never> {
    // Without the name: the datasource may not exist, and each name would be a new event.
    await this.#audit.refused({ action: 'token', caller }, 'not_a_plugin');
    throw new DatasourceAuthError(message('error.pluginsOnly'), {
      code: 'not_a_plugin',
      statusCode: 403,
    });
  }

  /**
   * Returns undefined if it is known at once, as for most calls: hundreds that wait for one refresh then take a third of
   * the time.
   *
   * @throws DatasourceConsumerNotAllowedError
   */
  assertConsumer(
    datasource: LoadedDatasource,
    caller: Caller,
    plugin: string,
  ): Promise<void> | undefined {
    return caller.kind !== 'user' && this.#consumers.has(datasource, plugin)
      ? undefined
      : this.#assertConsumer(datasource, caller, plugin);
  }

  async #assertConsumer(
    datasource: LoadedDatasource,
    caller: Caller,
    plugin: string,
  ): Promise<void> {
    await this.#consumers.assertHas(datasource, plugin, caller);
    if (caller.kind === 'user') {
      const uses = await this.#access.reads(caller, datasourceUsePermission);
      if (!uses(resourceOf(datasource.record))) {
        await this.#delegations.endDenied(datasource, caller.userRef);
        await this.#audit.refused(
          { action: 'token', caller, datasource: datasource.record.name },
          'not_allowed',
        );
        throw new DatasourceConsumerNotAllowedError(
          message('error.usePermissionMissing', {
            name: datasource.record.name,
            permission: datasourceUsePermission.name,
          }),
        );
      }
    }
  }
}
