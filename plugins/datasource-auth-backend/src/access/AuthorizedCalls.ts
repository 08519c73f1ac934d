import { UsageRecorder } from '../activity/UsageRecorder';
import { CredentialMemory } from '../credentials/CredentialMemory';
import { Gateway } from '../gateway/Gateway';
import { ApiCall } from '../gateway/GatewayCall';
import { pluginForwarding } from '../gateway/pluginForwarding';
import { AccessOptions } from './DatasourceRights';
import { PluginRights } from './PluginRights';

/**
 * Calls APIs for plugins that can't do it themselves, because only the backend has the key for them. The same
 * plugins may do so that get tokens; gateway routes don't matter.
 */
export class AuthorizedCalls {
  readonly #rights: PluginRights;
  readonly #memory: CredentialMemory;
  readonly #gateway: Gateway;
  readonly #usage: UsageRecorder;

  constructor(options: {
    rights: PluginRights;
    memory: CredentialMemory;
    gateway: Gateway;
    usage: UsageRecorder;
  }) {
    this.#rights = options.rights;
    this.#memory = options.memory;
    this.#gateway = options.gateway;
    this.#usage = options.usage;
  }

  /**
   * @param url - complete address at the API
   * @throws DatasourceAuthError before any part of a response was sent
   */
  async forward(
    call: ApiCall,
    url: string,
    { caller }: AccessOptions,
  ): Promise<void> {
    const plugin = await this.#rights.pluginOf(caller);
    const copy = await this.#memory.get(call.datasource);
    await this.#rights.assertConsumer(copy.datasource, caller, plugin);
    await this.#gateway.send(
      copy,
      call,
      pluginForwarding(call, { url, plugin }),
      use => this.#usage.handOut(copy.key, plugin, use),
    );
  }
}
