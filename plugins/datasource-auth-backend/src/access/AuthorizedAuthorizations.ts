import {
  Authorization,
  AuthorizationCreate,
  ConnectionConfirmation,
  ConnectionDoubt,
  DatasourceAuthError,
  DatasourceSettings,
  message,
  MessageValue,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';
import { AuthorizationCommits } from '../saving/AuthorizationCommits';
import { authorizationView } from '../reading/authorizationView';
import { Connections } from '../connections/Connections';
import { CredentialKey, SERVICE } from '../database/CredentialKey';
import {
  authorizationEnded,
  AuthorizationFlow,
  AuthorizationRequest,
} from '../authorizations/AuthorizationFlow';
import { AuthorizationRow } from '../authorizations/AuthorizationRow';
import { ConnectionTest, noToken } from '../verification/ConnectionTest';
import { AttemptRights } from './AttemptRights';
import { Audit } from './Audit';
import { ConnectionRights } from './ConnectionRights';
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
  readonly #connectionRights: ConnectionRights;
  readonly #connections: Connections;
  readonly #startUrl: string;

  constructor(options: {
    audit: Audit;
    datasources: DatasourceRights;
    flow: AuthorizationFlow;
    commits: AuthorizationCommits;
    rights: AttemptRights;
    test: ConnectionTest;
    connectionRights: ConnectionRights;
    connections: Connections;
    /** Where the browser posts its ticket: the origin of the redirect URI. */
    startUrl: string;
  }) {
    this.#audit = options.audit;
    this.#datasources = options.datasources;
    this.#flow = options.flow;
    this.#commits = options.commits;
    this.#rights = options.rights;
    this.#test = options.test;
    this.#connectionRights = options.connectionRights;
    this.#connections = options.connections;
    this.#startUrl = options.startUrl;
  }

  async create(
    body: Omit<AuthorizationCreate, 'settings'> & {
      settings?: DatasourceSettings;
    },
    { caller }: AccessOptions,
  ): Promise<Authorization> {
    if (body.subject === 'user') return this.#connect(body, { caller });
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
      ...(await this.#view(row)),
      ...(ticket && { ticket, startUrl: this.#startUrl }),
    };
  }

  /** Starts the attempt with which the caller connects their own account. It stops before it is stored. */
  async #connect(
    {
      datasource: name = '',
      display = 'popup',
    }: Pick<AuthorizationCreate, 'datasource' | 'display'>,
    { caller }: AccessOptions,
  ): Promise<Authorization> {
    const { row, ticket } = await this.#audit.run(
      {
        ...{ event: 'authorization', action: 'begin', caller },
        ...{ datasource: name, details: { subject: 'user' } },
      },
      async () => {
        const datasource = await this.#connectionRights.forConnectingBy(
          'approval',
          name,
          { caller },
        );
        const by = callerName(caller);
        return this.#flow.begin({
          ...{ by, subject: by, datasource, commit: false, display },
        });
      },
      outcomeOf,
    );
    return { ...(await this.#view(row)), ticket, startUrl: this.#startUrl };
  }

  /**
   * Connects the account of a granted attempt, once its user has seen it.
   *
   * @throws DatasourceAuthError `confirmation_required` unless the user confirmed each doubt
   */
  async confirm(
    id: string,
    { acknowledged = [] }: ConnectionConfirmation,
    { caller }: AccessOptions,
  ): Promise<Authorization> {
    const { row } = await this.#audit.run(
      { event: 'connection', action: 'connect', caller },
      async () => {
        const attempt = await this.#flow.get(id, callerName(caller));
        if (attempt.subject === SERVICE) throw authorizationEnded();
        const datasource = await this.#connectionRights.forAttempt(attempt, {
          caller,
        });
        const staged = this.#flow.staged(attempt);
        if (!staged) throw authorizationEnded();
        const doubts = await this.#doubtsAbout(attempt);
        const open = doubts.filter(doubt => !acknowledged.includes(doubt));
        if (open.length > 0) throw confirmationRequired(open);
        await this.#connections.connect(datasource, attempt);
        return { row: await this.#flow.get(id, callerName(caller)) };
      },
      outcomeOf,
    );
    return this.#view(row);
  }

  async #doubtsAbout(row: AuthorizationRow): Promise<ConnectionDoubt[]> {
    const { datasourceId = '', subject } = row;
    return this.#connections.doubtsAbout(
      new CredentialKey({ datasourceId, subject }),
      this.#flow.staged(row)?.account,
    );
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
      ...(await this.#view(row)),
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
    // People who approve a request or connect an account can't choose the test path of a datasource.
    const staged =
      row.requestId || row.subject !== SERVICE
        ? undefined
        : this.#flow.staged(row);
    if (!staged) return noToken(row.error);
    await this.#rights.assertMayTry(row, { caller });
    await this.#flow.keepAlive(row);
    const result = await this.#test.run(this.#flow.form(row), staged);
    await this.#flow.noteTest(row, result);
    return result;
  }

  async #view(row: AuthorizationRow): Promise<Authorization> {
    const doubts =
      row.subject === SERVICE || row.status !== 'granted'
        ? undefined
        : await this.#doubtsAbout(row);
    return authorizationView(row, this.#flow, doubts);
  }
}

/** What each doubt says about an account. */
const DOUBTS = {
  other_email: message('error.doubtOtherEmail'),
  account_taken: message('error.doubtAccountTaken'),
} as const satisfies Record<ConnectionDoubt, MessageValue>;

function confirmationRequired([
  first,
  second,
]: ConnectionDoubt[]): DatasourceAuthError {
  const doubts = second
    ? message('error.bothDoubts', {
        first: DOUBTS[first],
        second: DOUBTS[second],
      })
    : DOUBTS[first];
  return new DatasourceAuthError(
    message('error.confirmationRequired', { doubts }),
    { code: 'confirmation_required', statusCode: 409 },
  );
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
