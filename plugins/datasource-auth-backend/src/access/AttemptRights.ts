import { AuthorizationRow } from '../authorizations/AuthorizationRow';
import { canonical } from '../settings/binding';
import { notFound } from '../datasources/Datasources';
import { AnswerableRequests } from './AnswerableRequests';
import { AccessOptions, DatasourceRights } from './DatasourceRights';

/**
 * Asks for the rights behind an attempt each time that it is used: they can be withdrawn while it lives. That the attempt
 * belongs to the caller is not enough.
 */
export class AttemptRights {
  readonly #datasources: DatasourceRights;
  readonly #requests: () => Pick<AnswerableRequests, 'assertMayAnswer'>;

  constructor(options: {
    datasources: DatasourceRights;
    requests: () => Pick<AnswerableRequests, 'assertMayAnswer'>;
  }) {
    this.#datasources = options.datasources;
    this.#requests = options.requests;
  }

  /** @throws DatasourceAuthError `not_allowed`, `not_found` unless the caller could begin this attempt now */
  async assertMayFollow(
    row: AuthorizationRow,
    { caller }: AccessOptions,
  ): Promise<void> {
    if (row.requestId) {
      await this.#requests().assertMayAnswer(row.requestId, caller);
      return;
    }
    await this.#authorizable(row, { caller });
  }

  /** The same for a use that sends the staged token to the API of the attempt's own form. */
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
