import {
  datasourceReadPermission,
  datasourceUsePermission,
} from 'backstage-plugin-datasource-auth-common';
import { UsageRecorder } from '../activity/UsageRecorder';
import {
  CredentialCopy,
  CredentialMemory,
} from '../credentials/CredentialMemory';
import { Delegations } from '../connections/Delegations';
import { LoadedDatasource, notFound } from '../datasources/Datasources';
import { Gateway } from '../gateway/Gateway';
import { GatewayCall } from '../gateway/GatewayCall';
import { GatewayTarget } from '../gateway/GatewayTarget';
import { AccessControl, notAllowed } from './AccessControl';
import { Audit } from './Audit';
import { AccessOptions, resourceOf } from './DatasourceRights';
import { Caller } from './caller';
import { ConsumerList } from './ConsumerList';
import { PersonalCredentials, Subject } from './PersonalCredentials';

/**
 * Authorizes requests to the gateway: users with `use`, allowed plugins with their own token, allowed plugins
 * for a user with `use`, and external tokens that name `use`. Callers get "not found" for datasources they
 * can't see.
 */
export class AuthorizedGateway {
  readonly #access: AccessControl;
  readonly #audit: Audit;
  readonly #memory: CredentialMemory;
  readonly #gateway: Gateway;
  readonly #consumers: ConsumerList;
  readonly #delegations: Delegations;
  readonly #usage: UsageRecorder;
  readonly #personal: PersonalCredentials;

  constructor(options: {
    access: AccessControl;
    audit: Audit;
    memory: CredentialMemory;
    gateway: Gateway;
    consumers: ConsumerList;
    delegations: Delegations;
    usage: UsageRecorder;
    personal: PersonalCredentials;
  }) {
    this.#access = options.access;
    this.#audit = options.audit;
    this.#memory = options.memory;
    this.#gateway = options.gateway;
    this.#consumers = options.consumers;
    this.#delegations = options.delegations;
    this.#usage = options.usage;
    this.#personal = options.personal;
  }

  /** @throws DatasourceAuthError before any part of a response was sent */
  async forward(
    call: GatewayCall,
    { caller, subject }: AccessOptions & { subject: Subject },
  ): Promise<void> {
    const shared = await this.#memory.get(call.datasource);
    const { datasource } = shared;
    const { id } = datasource.record;
    const user = usageName(caller);
    await this.#assertMayUse(datasource, caller, user);
    const forward = (copy: CredentialCopy) =>
      this.#gateway.forward(copy, call, use =>
        this.#usage.handOut(copy.key, user, use),
      );
    try {
      if (subject === 'service') await forward(shared);
      else
        await this.#forwardAsUser(shared, call, { caller, subject }, forward);
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === 'gateway_closed') this.#usage.refuse(id, user);
      throw error;
    }
  }

  /** Calls with a person's account, on the routes that they agreed to. */
  async #forwardAsUser(
    { datasource }: CredentialCopy,
    call: GatewayCall,
    {
      caller,
      subject,
    }: AccessOptions & { subject: Exclude<Subject, 'service'> },
    forward: (copy: CredentialCopy) => Promise<void>,
  ): Promise<void> {
    // Closed routes first: they are closed whatever people agree to.
    GatewayTarget.of(datasource).routeOf(call);
    const plugin = caller.kind === 'external' ? undefined : caller.plugin;
    const copy = await this.#personal.copyFor(
      datasource,
      { plugin, call },
      { caller, subject },
    );
    await this.#personal.using(copy, () => forward(copy));
  }

  async #assertMayUse(
    datasource: LoadedDatasource,
    caller: Caller,
    user: string,
  ): Promise<void> {
    if (caller.kind !== 'external' && caller.plugin) {
      await this.#consumers.assertHas(datasource, caller.plugin, caller);
    }
    if (caller.kind === 'plugin') return;
    const resource = resourceOf(datasource.record);
    const uses = await this.#access.uses(caller);
    if (uses(resource)) return;
    if (caller.kind === 'user')
      await this.#delegations.endDenied(datasource, caller.userRef);
    this.#usage.refuse(datasource.record.id, user);
    await this.#audit.refused(
      { action: 'gateway', caller, datasource: datasource.record.name },
      'not_allowed',
    );
    const reads = await this.#access.reads(caller, datasourceReadPermission);
    throw reads(resource)
      ? notAllowed(datasourceUsePermission.name)
      : notFound(datasource.record.name);
  }
}

/**
 * Name that a call is counted under. Users and external tokens aren't counted one by one; no plugin has such
 * an ID.
 */
function usageName(caller: Caller): string {
  if (caller.kind === 'external') return '@external';
  return caller.plugin ?? '@users';
}
