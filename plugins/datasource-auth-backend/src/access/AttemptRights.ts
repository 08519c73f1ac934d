import { AuthorizationRow } from '../authorizations/AuthorizationRow';
import { canonical } from '../settings/binding';
import { notFound } from '../datasources/Datasources';
import { SERVICE } from '../database/CredentialKey';
import { AnswerableRequests } from './AnswerableRequests';
import { ConnectionRights } from './ConnectionRights';
import { AccessOptions, DatasourceRights } from './DatasourceRights';

/**
 * Checks the permissions behind an attempt at each use, because they can be withdrawn during it. It isn't
 * enough that the attempt belongs to the caller.
 */
export class AttemptRights {
  readonly #datasources: DatasourceRights;
  readonly #connections: ConnectionRights;
  readonly #requests: () => Pick<AnswerableRequests, 'assertMayAnswer'>;

  constructor(options: {
    datasources: DatasourceRights;
    connections: ConnectionRights;
    requests: () => Pick<AnswerableRequests, 'assertMayAnswer'>;
  }) {
    this.#datasources = options.datasources;
    this.#connections = options.connections;
    this.#requests = options.requests;
  }

  /** @throws DatasourceAuthError `not_allowed`, `not_found` unless the caller could start this attempt now */
  async assertMayFollow(
    row: AuthorizationRow,
    { caller }: AccessOptions,
  ): Promise<void> {
    if (row.requestId) {
      await this.#requests().assertMayAnswer(row.requestId, caller);
      return;
    }
    if (row.subject !== SERVICE) {
      await this.#connections.forAttempt(row, { caller });
      return;
    }
    await this.#authorizable(row, { caller });
  }

  /** The same for a use that sends the staged token to the API of the attempt's form. */
  async assertMayTry(
    row: AuthorizationRow,
    { caller }: AccessOptions,
  ): Promise<void> {
    const datasource = await this.#authorizable(row, { caller });
    if (!datasource) return;
    const { settings } = datasource.record;
    if (canonical(row.settings) === canonical(settings)) return;
    await this.#datasources.forAuthorizing(settings.name, row.settings, {
      caller,
    });
  }

  async #authorizable(row: AuthorizationRow, { caller }: AccessOptions) {
    const { datasourceId, settings } = row;
    const datasource = datasourceId
      ? await this.#datasources.forAuthorizing(settings.name, undefined, {
          caller,
        })
      : await this.#datasources.forAuthorizing(undefined, settings, { caller });
    // Its name can belong to another datasource by now.
    if (datasource?.record.id !== datasourceId) throw notFound(settings.name);
    return datasource;
  }
}
