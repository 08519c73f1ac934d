import {
  DatasourceAuthError,
  DelegationApproval,
  DelegationCreate,
  DelegationDetails,
  DelegationHandle,
  message,
  Message,
} from 'backstage-plugin-datasource-auth-common';
import { DelegationRow } from '../connections/DelegationStore';
import { Delegations } from '../connections/Delegations';
import { CredentialMemory } from '../credentials/CredentialMemory';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { mayConsume } from '../settings/consumers';
import { formatInstant } from '../settings/formatTime';
import { Audit } from './Audit';
import { ConnectionRights } from './ConnectionRights';
import { AccessOptions } from './DatasourceRights';
import { PersonalCredentials } from './PersonalCredentials';
import { PluginRights } from './PluginRights';

/** How long a delegation lasts if the plugin doesn't say it. Milliseconds. */
const DEFAULT_DURATION = 7 * 24 * 60 * 60_000;

/**
 * Plugins ask on behalf of a user whether they may act as them later. Only that user decides, in person, and sees and
 * ends their own.
 */
export class AuthorizedDelegations {
  readonly #audit: Audit;
  readonly #rights: PluginRights;
  readonly #connectionRights: ConnectionRights;
  readonly #personal: PersonalCredentials;
  readonly #memory: CredentialMemory;
  readonly #datasources: Datasources;
  readonly #delegations: Delegations;
  readonly #maxDuration: number;

  constructor(options: {
    audit: Audit;
    rights: PluginRights;
    connectionRights: ConnectionRights;
    personal: PersonalCredentials;
    memory: CredentialMemory;
    datasources: Datasources;
    delegations: Delegations;
    /** Milliseconds. */
    maxDelegation: number;
  }) {
    this.#audit = options.audit;
    this.#rights = options.rights;
    this.#connectionRights = options.connectionRights;
    this.#personal = options.personal;
    this.#memory = options.memory;
    this.#datasources = options.datasources;
    this.#delegations = options.delegations;
    this.#maxDuration = options.maxDelegation;
  }

  /**
   * Returns a handle, if the user agreed.
   *
   * @throws DatasourceConnectionError `user_consent_needed` with the page where they can, `delegation_ended` if the plugin
   *   only reads a decision that isn't a yes, and those of their connection
   */
  async ask(
    { datasource: name, until, ...asked }: DelegationCreate,
    { caller }: AccessOptions,
  ): Promise<DelegationHandle> {
    return this.#audit.run(
      { event: 'delegation', action: 'delegate', caller, datasource: name },
      async () => {
        const plugin = await this.#rights.pluginOf(caller);
        const { datasource } = await this.#memory.get(name);
        await this.#rights.assertConsumer(datasource, caller, plugin);
        const { row } = await this.#personal.copyFor(
          datasource,
          { plugin },
          { caller, subject: 'user' },
        );
        const answer = await this.#delegations.ask(datasource, row!, {
          ...{ ...asked, plugin },
          until: this.#endOf(until),
        });
        if (!answer) throw this.#personal.error('delegation_ended', datasource);
        if (!('waiting' in answer)) return answer;
        const path = `/delegations/${answer.waiting}`;
        throw this.#personal.error('user_consent_needed', datasource, {
          path,
          plugin,
        });
      },
    );
  }

  /** Returns what the caller agrees to, or agreed to. */
  async get(id: string, { caller }: AccessOptions): Promise<DelegationDetails> {
    const { row, datasource } = await this.#own(id, { caller });
    return this.#delegations.details(row, datasource);
  }

  /** Lets the plugin act as the caller, who read what that means. */
  async approve(
    id: string,
    { version }: DelegationApproval,
    { caller }: AccessOptions,
  ): Promise<DelegationDetails> {
    return this.#audit.run(
      {
        ...{ event: 'delegation', action: 'approve', caller },
        details: { delegation: id },
      },
      async () => {
        const { row, datasource } = await this.#own(id, { caller });
        const { name, settings } = datasource.record;
        const { plugin } = row;
        await this.#connectionRights.forConnecting(name, { caller });
        await this.#personal.copyFor(
          datasource,
          { plugin },
          { caller, subject: 'user' },
        );
        if (!mayConsume(settings, plugin)) {
          throw this.#personal.error('delegation_ended', datasource);
        }
        await this.#delegations.approve(row, datasource, version);
        return this.get(id, { caller });
      },
      ({ plugin, datasource }) => ({ plugin, datasource }),
    );
  }

  /** Declines a delegation, or takes it back. People may always do that, whatever else they may do now. */
  async takeBack(id: string, { caller }: AccessOptions): Promise<void> {
    await this.#audit.run(
      {
        ...{ event: 'delegation', action: 'take-back', caller },
        details: { delegation: id },
      },
      async () => {
        const { row } = await this.#own(id, { caller });
        await this.#delegations.takeBack(row);
      },
    );
  }

  async #own(
    id: string,
    { caller }: AccessOptions,
  ): Promise<{ row: DelegationRow; datasource: LoadedDatasource }> {
    const userRef = this.#connectionRights.person({ caller });
    const row = await this.#delegations.own(id, userRef);
    const datasource = await this.#datasources.findById(row.key.datasourceId);
    if (!datasource) throw new Error('A delegation has no datasource');
    return { row, datasource };
  }

  /** @throws DatasourceAuthError `invalid_request` */
  #endOf(until: number | undefined): number {
    const now = Date.now();
    const max = now + this.#maxDuration;
    if (until === undefined) return Math.min(now + DEFAULT_DURATION, max);
    if (until <= now) throw invalid(message('error.delegationPast'));
    if (until > max) {
      throw invalid(
        message('error.delegationTooLong', { max: formatInstant(max, now) }),
      );
    }
    return until;
  }
}

function invalid(text: Message): DatasourceAuthError {
  return new DatasourceAuthError(text, {
    code: 'invalid_request',
    statusCode: 400,
  });
}
