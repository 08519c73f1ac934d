import {
  ConnectionErrorCode,
  DatasourceAuthError,
  DatasourceConnectionError,
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
import { LoadedDatasource } from '../datasources/Datasources';
import { isFor } from '../settings/binding';
import { agreesTo, PersonalUse } from '../settings/connectionTerms';
import { coversOrigins } from '../settings/origins';
import { ConnectionRights } from './ConnectionRights';
import { AccessOptions } from './DatasourceRights';

/**
 * Finds the credential of the user in whose name a call is made. It is used only for what that user agreed to. There is
 * no way from here to the shared credential, nor to another user's.
 */
export class PersonalCredentials {
  readonly #memory: CredentialMemory;
  readonly #rights: ConnectionRights;
  readonly #pageUrl: string;

  constructor(options: {
    memory: CredentialMemory;
    connectionRights: ConnectionRights;
    pageUrl: string;
  }) {
    this.#memory = options.memory;
    this.#rights = options.connectionRights;
    this.#pageUrl = options.pageUrl;
  }

  /**
   * @param datasource - one that the caller may use
   * @throws DatasourceConnectionError; DatasourceAuthError `invalid_request`, `shared_user`, `not_allowed`
   */
  async copyFor(
    { record }: LoadedDatasource,
    use: PersonalUse,
    { caller }: AccessOptions,
  ): Promise<CredentialCopy> {
    const { name } = record;
    if (caller.kind !== 'user') {
      throw invalid(message('error.subjectNeedsUser'));
    }
    if (!hasPersonalCredentials(record.settings)) {
      throw invalid(message('error.noConnections', { name }));
    }
    await this.#rights.assertMayAct(caller.userRef, { caller });
    const copy = await this.#memory.get(name, caller.userRef);
    this.#assertAgreed(copy, use);
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
      throw this.#error('user_not_connected', datasource);
    }
  }

  #assertAgreed({ datasource, row, terms }: CredentialCopy, use: PersonalUse) {
    const { record } = datasource;
    const { settings } = record;
    if (!row || row.state !== 'live') {
      throw this.#error('user_not_connected', datasource);
    }
    if (row.suspended) throw this.#error('user_suspended', datasource);
    if (
      !terms ||
      !isFor(record, row) ||
      !coversOrigins(settings, row) ||
      !agreesTo(terms, settings, use)
    ) {
      throw this.#error('user_consent_outdated', datasource);
    }
    const scopes = missingScopes({
      scopes: oauth2Settings(settings.auth)?.scopes ?? [],
      instance: settings.instance,
      granted: row.scope,
      hasRefreshToken: row.hasRefreshToken,
    });
    if (scopes.length > 0) {
      throw this.#error('user_scope_missing', datasource, scopes);
    }
  }

  #error(
    code: ConnectionErrorCode,
    { record: { name } }: LoadedDatasource,
    scopes: string[] = [],
  ): DatasourceConnectionError {
    const link = `${this.#pageUrl}/connections?datasource=${name}`;
    const why: Record<ConnectionErrorCode, Message> = {
      user_not_connected: message('error.notConnected', { name }),
      user_suspended: message('error.suspended', { name }),
      user_consent_outdated: message('error.consentOutdated', { name }),
      user_scope_missing: message('error.scopeMissing', {
        name,
        scopes: scopes.join(', '),
      }),
    };
    return new DatasourceConnectionError(
      [why[code], message('error.token.open', { link })],
      { code, link },
    );
  }
}

function invalid(text: Message): DatasourceAuthError {
  return new DatasourceAuthError(text, {
    code: 'invalid_request',
    statusCode: 400,
  });
}
