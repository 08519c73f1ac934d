import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';
import {
  AuthorizationRequests,
  FoundRequest,
} from '../requests/AuthorizationRequests';
import { AuthorizationRow } from '../authorizations/AuthorizationRow';
import { canonical } from '../settings/binding';
import { notFound } from '../datasources/Datasources';
import { AccessControl } from './AccessControl';
import { AccessOptions, AuthorizedDatasources } from './AuthorizedDatasources';
import { Caller } from './caller';

/** A caller who is signed in. */
export type Person = Extract<Caller, { kind: 'user' }>;

/**
 * Asks for the rights behind an attempt each time that it is used: they can be withdrawn while it lives. That the attempt
 * belongs to the caller is not enough.
 */
export class AttemptRights {
  readonly #access: Pick<AccessControl, 'belongsTo'>;
  readonly #datasources: AuthorizedDatasources;
  readonly #requests: Pick<AuthorizationRequests, 'findById'>;

  constructor(options: {
    access: Pick<AccessControl, 'belongsTo'>;
    datasources: AuthorizedDatasources;
    requests: Pick<AuthorizationRequests, 'findById'>;
  }) {
    this.#access = options.access;
    this.#datasources = options.datasources;
    this.#requests = options.requests;
  }

  /** @throws DatasourceAuthError `not_allowed`, `not_found` unless the caller could begin this attempt now */
  async assertMayFollow(
    row: AuthorizationRow,
    { caller }: AccessOptions,
  ): Promise<void> {
    if (row.requestId) {
      await this.#assertMayAnswer(row.requestId, caller);
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

  /** Whether a person can answer a request: the recipient, or someone who may authorize anyway. */
  async mayAnswer(
    { request, datasource }: FoundRequest,
    caller: Person,
  ): Promise<boolean> {
    const { recipient, askedBy } = request;
    if (recipient && !(await this.#access.belongsTo(caller, recipient))) {
      return false;
    }
    return recipient && askedBy !== caller.userRef
      ? true
      : this.#datasources.mayAuthorize(datasource, { caller });
  }

  async #assertMayAnswer(requestId: string, caller: Caller): Promise<void> {
    const found = await this.#requests.findById(requestId);
    const allowed =
      found && caller.kind === 'user' && (await this.mayAnswer(found, caller));
    if (!allowed) throw requestNotFound();
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

/** The response for a request that doesn't exist and for one that is meant for someone else. */
export function requestNotFound(): DatasourceAuthError {
  return new DatasourceAuthError(
    'There is no such request for you. It may be meant for somebody else, or its link is incomplete.',
    { code: 'not_found', statusCode: 404 },
  );
}
