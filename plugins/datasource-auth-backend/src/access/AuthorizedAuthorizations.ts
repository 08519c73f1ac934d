import {
  Authorization,
  AuthorizationCreate,
  DatasourceSettings,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';
import { AuthorizationCommits } from '../saving/AuthorizationCommits';
import { authorizationView } from '../reading/authorizationView';
import {
  AuthorizationFlow,
  AuthorizationRequest,
} from '../authorizations/AuthorizationFlow';
import { AuthorizationRow } from '../authorizations/AuthorizationRow';
import { ConnectionTest, noToken } from '../verification/ConnectionTest';
import { AttemptRights } from './AttemptRights';
import { Audit } from './Audit';
import { AccessOptions, DatasourceRights } from './DatasourceRights';
import { callerName } from './caller';

/**
 * Authorizes attempts at getting a credential, and tests of the result. An attempt belongs to the user who
 * started it, and can do nothing that this user couldn't start now.
 */
export class AuthorizedAuthorizations {
  readonly #audit: Audit;
  readonly #datasources: DatasourceRights;
  readonly #flow: AuthorizationFlow;
  readonly #commits: AuthorizationCommits;
  readonly #rights: AttemptRights;
  readonly #test: ConnectionTest;
  readonly #startUrl: string;

  constructor(options: {
    audit: Audit;
    datasources: DatasourceRights;
    flow: AuthorizationFlow;
    commits: AuthorizationCommits;
    rights: AttemptRights;
    test: ConnectionTest;
    /** Where the browser posts its ticket: the origin of the redirect URI. */
    startUrl: string;
  }) {
    this.#audit = options.audit;
    this.#datasources = options.datasources;
    this.#flow = options.flow;
    this.#commits = options.commits;
    this.#rights = options.rights;
    this.#test = options.test;
    this.#startUrl = options.startUrl;
  }

  async create(
    body: Omit<AuthorizationCreate, 'settings'> & {
      settings?: DatasourceSettings;
    },
    { caller }: AccessOptions,
  ): Promise<Authorization> {
    const { row, ticket } = await this.#audit.run(
      {
        ...{ event: 'authorization', action: 'begin', caller },
        datasource: body.datasource ?? body.settings?.name,
        details: { commit: body.commit ?? false },
      },
      async () =>
        this.#commits.begin({
          by: callerName(caller),
          datasource: await this.#datasources.forAuthorizing(
            body.datasource,
            body.settings,
            { caller },
          ),
          settings: body.settings,
          commit: body.commit ?? false,
          display: body.display ?? 'popup',
          authorizationId: body.authorizationId,
        }),
      outcomeOf,
    );
    return {
      ...this.#view(row),
      ...(ticket && { ticket, startUrl: this.#startUrl }),
    };
  }

  /** Starts the attempt for an approval request. The caller was checked before. */
  async createFor(
    answer: Required<
      Pick<AuthorizationRequest, 'requestId' | 'datasource' | 'display'>
    >,
    { caller, assertOpen }: AccessOptions & { assertOpen: () => void },
  ): Promise<Authorization> {
    const { requestId, datasource } = answer;
    const { row, ticket } = await this.#audit.run(
      {
        ...{ event: 'authorization', action: 'begin', caller },
        datasource: datasource.record.name,
        details: { commit: true, request: requestId },
      },
      async () => {
        assertOpen();
        return this.#commits.begin({
          ...{ by: callerName(caller), commit: true },
          ...answer,
        });
      },
      outcomeOf,
    );
    return {
      ...this.#view(row),
      ...(ticket && { ticket, startUrl: this.#startUrl }),
    };
  }

  async get(id: string, { caller }: AccessOptions): Promise<Authorization> {
    const row = await this.#flow.get(id, callerName(caller));
    await this.#rights.assertMayFollow(row, { caller });
    await this.#flow.keepAlive(row);
    return this.#view(row);
  }

  async complete(
    id: string,
    completion: string,
    { caller }: AccessOptions,
  ): Promise<Authorization> {
    const { row } = await this.#audit.run(
      { event: 'authorization', action: 'complete', caller },
      async () => ({
        row: await this.#commits.complete(
          id,
          completion,
          callerName(caller),
          attempt => this.#rights.assertMayFollow(attempt, { caller }),
        ),
      }),
      outcomeOf,
    );
    return this.#view(row);
  }

  async discard(id: string, { caller }: AccessOptions): Promise<void> {
    await this.#flow.discard(id, callerName(caller));
  }

  /** Tests the staged credential. */
  async testStaged(id: string, { caller }: AccessOptions): Promise<TestResult> {
    const row = await this.#flow.get(id, callerName(caller));
    await this.#rights.assertMayFollow(row, { caller });
    // People who approve a request can't choose the test path of a datasource.
    const staged = row.requestId ? undefined : this.#flow.staged(row);
    if (!staged) return noToken(row.error);
    await this.#rights.assertMayTry(row, { caller });
    await this.#flow.keepAlive(row);
    const result = await this.#test.run(this.#flow.form(row), staged);
    await this.#flow.noteTest(row, result);
    return result;
  }

  #view(row: AuthorizationRow): Authorization {
    return authorizationView(row, this.#flow);
  }
}

/** Audit data of an attempt. */
function outcomeOf({ row }: { row: AuthorizationRow }) {
  return {
    authorization: row.id,
    datasource: row.settings.name,
    ...(row.requestId && { request: row.requestId }),
    status: row.status,
    ...(row.error && { code: row.error.code }),
  };
}
