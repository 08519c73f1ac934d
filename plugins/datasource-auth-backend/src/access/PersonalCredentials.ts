import {
  ConnectionErrorCode,
  DatasourceAuthError,
  DatasourceConnectionError,
  DELEGATION_CONTEXT_HEADER,
  DELEGATION_HEADER,
  hasPersonalCredentials,
  message,
  Message,
  missingScopes,
  oauth2Settings,
} from 'backstage-plugin-datasource-auth-common';
import {
  CredentialCopy,
  CredentialMemory,
} from '../credentials/CredentialMemory';
import { Delegations, PresentedDelegation } from '../connections/Delegations';
import { LoadedDatasource } from '../datasources/Datasources';
import { isFor } from '../settings/binding';
import { agreesTo, PersonalUse } from '../settings/connectionTerms';
import { coversOrigins } from '../settings/origins';
import { ConnectionRights } from './ConnectionRights';
import { AccessOptions } from './DatasourceRights';

/** Whose credential a call uses: the shared one, that of the caller, or that of a user who let the plugin act as them. */
export type Subject = 'service' | 'user' | PresentedDelegation;

/**
 * Finds the credential of the user in whose name a call is made. It is used only for what that user agreed to. There is
 * no way from here to the shared credential, nor to another user's.
 */
export class PersonalCredentials {
  readonly #memory: CredentialMemory;
  readonly #rights: ConnectionRights;
  readonly #delegations: Delegations;
  readonly #pageUrl: string;

  constructor(options: {
    memory: CredentialMemory;
    connectionRights: ConnectionRights;
    delegations: Delegations;
    pageUrl: string;
  }) {
    this.#memory = options.memory;
    this.#rights = options.connectionRights;
    this.#delegations = options.delegations;
    this.#pageUrl = options.pageUrl;
  }

  /**
   * @param datasource - one that the caller may use
   * @throws DatasourceConnectionError; DatasourceAuthError `invalid_request`, `shared_user`, `not_allowed`
   */
  async copyFor(
    datasource: LoadedDatasource,
    use: PersonalUse,
    {
      caller,
      subject,
    }: AccessOptions & { subject: Exclude<Subject, 'service'> },
  ): Promise<CredentialCopy> {
    const { record } = datasource;
    const { name } = record;
    if (!hasPersonalCredentials(record.settings)) {
      throw invalid(message('error.noConnections', { name }));
    }
    if (subject !== 'user') {
      return this.#delegated(datasource, use, subject, { caller });
    }
    if (caller.kind !== 'user') {
      throw invalid(message('error.subjectNeedsUser'));
    }
    await this.#rights.assertMayAct(caller.userRef, { caller });
    const copy = await this.#memory.get(name, caller.userRef);
    this.#assertAgreed(copy, use);
    return copy;
  }

  /** Finds the credential of a user who isn't there. Only the plugin itself presents a delegation. */
  async #delegated(
    datasource: LoadedDatasource,
    use: PersonalUse,
    presented: PresentedDelegation,
    { caller }: AccessOptions,
  ): Promise<CredentialCopy> {
    if (caller.kind !== 'plugin') throw delegationHeaders();
    const found = await this.#delegations.find(
      presented,
      caller.plugin,
      datasource,
    );
    if (!found) throw this.error('delegation_ended', datasource);
    const copy = await this.#memory.get(datasource.record.name, found.subject);
    this.#assertAgreed(copy, use);
    if (!copy.row || !(await found.covers(copy.row))) {
      throw this.error('delegation_ended', datasource);
    }
    return copy;
  }

  /** Runs a use of a copy. A credential that needs its user again is not connected. */
  async using<T>(
    { datasource }: CredentialCopy,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const { code } = (error ?? {}) as { code?: string };
      if (code !== 'datasource_not_authorized') throw error;
      throw this.error('user_not_connected', datasource);
    }
  }

  #assertAgreed({ datasource, row, terms }: CredentialCopy, use: PersonalUse) {
    const { record } = datasource;
    const { settings } = record;
    if (!row || row.state !== 'live') {
      throw this.error('user_not_connected', datasource);
    }
    if (
      !terms ||
      !isFor(record, row) ||
      !coversOrigins(settings, row) ||
      !agreesTo(terms, settings, use)
    ) {
      throw this.error('user_consent_outdated', datasource);
    }
    const scopes = missingScopes({
      scopes: oauth2Settings(settings.auth)?.scopes ?? [],
      instance: settings.instance,
      granted: row.scope,
      hasRefreshToken: row.hasRefreshToken,
    });
    if (scopes.length > 0) {
      throw this.error('user_scope_missing', datasource, { scopes });
    }
  }

  /**
   * Creates the error that sends the user to the page.
   *
   * @param options - `path`: of the page, below that of connections
   */
  error(
    code: ConnectionErrorCode,
    { record: { name } }: LoadedDatasource,
    options: { scopes?: string[]; path?: string; plugin?: string } = {},
  ): DatasourceConnectionError {
    const { scopes = [], path = `?datasource=${name}`, plugin = '' } = options;
    const link = `${this.#pageUrl}/connections${path}`;
    const why: Record<ConnectionErrorCode, Message> = {
      user_not_connected: message('error.notConnected', { name }),
      user_consent_outdated: message('error.consentOutdated', { name }),
      user_scope_missing: message('error.scopeMissing', {
        name,
        scopes: scopes.join(', '),
      }),
      user_consent_needed: message('error.consentNeeded', { name, plugin }),
      delegation_ended: message('error.delegationEnded', { name }),
    };
    return new DatasourceConnectionError(
      [why[code], message('error.token.open', { link })],
      { code, link },
    );
  }
}

/** The error for headers that don't say clearly whose credential a call uses. */
export function delegationHeaders(): DatasourceAuthError {
  return invalid(
    message('error.delegationHeaders', {
      header: DELEGATION_HEADER,
      context: DELEGATION_CONTEXT_HEADER,
    }),
  );
}

function invalid(text: Message): DatasourceAuthError {
  return new DatasourceAuthError(text, {
    code: 'invalid_request',
    statusCode: 400,
  });
}
