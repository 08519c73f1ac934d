import { UsageRecorder } from '../activity/UsageRecorder';
import {
  CredentialCopy,
  CredentialMemory,
} from '../credentials/CredentialMemory';
import { Gateway } from '../gateway/Gateway';
import { ApiCall } from '../gateway/GatewayCall';
import { pluginForwarding } from '../gateway/pluginForwarding';
import { AccessOptions } from './DatasourceRights';
import { PersonalCredentials, Subject } from './PersonalCredentials';
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
  readonly #personal: PersonalCredentials;

  constructor(options: {
    rights: PluginRights;
    memory: CredentialMemory;
    gateway: Gateway;
    usage: UsageRecorder;
    personal: PersonalCredentials;
  }) {
    this.#rights = options.rights;
    this.#memory = options.memory;
    this.#gateway = options.gateway;
    this.#usage = options.usage;
    this.#personal = options.personal;
  }

  /**
   * @param url - complete address at the API
   * @throws DatasourceAuthError before any part of a response was sent
   */
  async forward(
    call: ApiCall,
    url: string,
    { caller, subject }: AccessOptions & { subject: Subject },
  ): Promise<void> {
    const plugin = await this.#rights.pluginOf(caller);
    const shared = await this.#memory.get(call.datasource);
    const { datasource } = shared;
    await this.#rights.assertConsumer(datasource, caller, plugin);
    const send = (copy: CredentialCopy) =>
      this.#gateway.send(
        copy,
        call,
        pluginForwarding(call, { url, plugin }),
        use => this.#usage.handOut(copy.key, plugin, use),
      );
    if (subject === 'service') {
      await send(shared);
      return;
    }
    const own = await this.#personal.copyFor(
      datasource,
      { plugin },
      { caller, subject },
    );
    await this.#personal.using(own, () => send(own));
  }
}
