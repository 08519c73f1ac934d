import {
  Authorization,
  AuthorizationCreate,
  DatasourceAuthError,
  DatasourceSettings,
  DatasourceSettingsView,
  RehearsalResult,
  StagedCredential,
  TestResult,
  filledScopes,
  missingScopes,
} from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import { AuthorizationFlow } from '../authorizations/AuthorizationFlow';
import { assertPending, FoundRequest } from '../requests/AuthorizationRequests';
import { AuthorizationRow } from '../authorizations/AuthorizationStore';
import {
  CredentialCopy,
  CredentialMemory,
} from '../credentials/CredentialMemory';
import { CredentialStore } from '../credentials/CredentialStore';
import { TEST_ROUTE } from '../credentials/Rejections';
import { TokenBroker } from '../credentials/TokenBroker';
import { ConnectionTest } from '../verification/ConnectionTest';
import { viewSettings } from '../settings/secrets';
import { isRenewable } from '../settings/status';
import { TokenAnswer } from '../oauth/ProviderClient';
import { AttemptRights } from './AttemptRights';
import { Audit } from './Audit';
import { AccessOptions, AuthorizedDatasources } from './AuthorizedDatasources';
import { Caller, callerName } from './caller';

/**
 * Authorization around attempts at obtaining a credential, and around trying one out. An attempt belongs to the user who
 * began it, and is good for nothing that this user couldn't begin now.
 */
export class AuthorizedAuthorizations {
  readonly #audit: Audit;
  readonly #datasources: AuthorizedDatasources;
  readonly #flow: AuthorizationFlow;
  readonly #rights: AttemptRights;
  readonly #broker: TokenBroker;
  readonly #memory: CredentialMemory;
  readonly #test: ConnectionTest;
  readonly #credentials: CredentialStore;
  readonly #activity: ActivityStore;
  readonly #startUrl: string;

  static create(options: {
    audit: Audit;
    datasources: AuthorizedDatasources;
    flow: AuthorizationFlow;
    rights: AttemptRights;
    broker: TokenBroker;
    memory: CredentialMemory;
    test: ConnectionTest;
    credentials: CredentialStore;
    activity: ActivityStore;
    /** Where the browser posts its ticket: on the origin of the redirect URI. */
    startUrl: string;
  }): AuthorizedAuthorizations {
    return new AuthorizedAuthorizations(options);
  }

  private constructor(
    options: Parameters<typeof AuthorizedAuthorizations.create>[0],
  ) {
    this.#audit = options.audit;
    this.#datasources = options.datasources;
    this.#flow = options.flow;
    this.#rights = options.rights;
    this.#broker = options.broker;
    this.#memory = options.memory;
    this.#test = options.test;
    this.#credentials = options.credentials;
    this.#activity = options.activity;
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
        this.#flow.begin({
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

  /** Begins the attempt that answers a request; whether the caller may is known by then. */
  async createFor(
    found: FoundRequest,
    display: 'popup' | 'page',
    { caller }: AccessOptions,
  ): Promise<Authorization> {
    const { request, datasource } = found;
    const { row, ticket } = await this.#audit.run(
      {
        ...{ event: 'authorization', action: 'begin', caller },
        datasource: datasource.record.name,
        details: { commit: true, request: request.id },
      },
      async () => {
        assertPending(found);
        return this.#flow.begin({
          ...{ by: callerName(caller), datasource, display },
          ...{ commit: true, requestId: request.id },
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
        row: await this.#flow.complete(
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

  /** Tries what is staged. */
  async testStaged(id: string, { caller }: AccessOptions): Promise<TestResult> {
    const row = await this.#flow.get(id, callerName(caller));
    await this.#rights.assertMayFollow(row, { caller });
    // The test path of a datasource is not for people who answer a request.
    const staged = row.requestId ? undefined : this.#flow.staged(row);
    if (!staged) {
      return {
        ok: false,
        steps: [
          {
            step: 'token',
            ok: false,
            message: row.error?.title ?? 'No credential is staged.',
            diagnosis: row.error,
          },
        ],
        testedAt: Date.now(),
      };
    }
    await this.#rights.assertMayTry(row, { caller });
    await this.#flow.keepAlive(row);
    return this.#test.run(this.#flow.form(row), staged);
  }

  /** Tries the saved credential; an API that rejects the token gets one renewed token. */
  async testSaved(
    name: string,
    { caller }: AccessOptions,
  ): Promise<TestResult> {
    return this.#audit.run(
      { event: 'authorization', action: 'test', caller, datasource: name },
      () => this.#testSaved(name, caller),
      ({ ok }) => ({ ok }),
    );
  }

  /** A real renewal under the lease, on demand: proof instead of hope. */
  async rehearse(
    name: string,
    { caller }: AccessOptions,
  ): Promise<RehearsalResult> {
    return this.#audit.run(
      { event: 'authorization', action: 'rehearse', caller, datasource: name },
      () => this.#rehearseSaved(name, caller),
      ({ verdict }) => ({ verdict }),
    );
  }

  async #testSaved(name: string, caller: Caller): Promise<TestResult> {
    const datasource = (await this.#datasources.forAuthorizing(
      name,
      undefined,
      { caller },
    ))!;
    const { settings, id } = datasource.record;
    const by = callerName(caller);
    let served = await this.#broker.getToken(await this.#memory.get(name), {
      person: true,
      by,
    });
    const source = { settings, secrets: datasource.secrets };
    let result = await this.#test.run(source, served.payload);
    const isRejected = ({ status }: TestResult) =>
      status !== undefined && settings.auth.rejectedStatuses.includes(status);
    if (isRejected(result)) {
      served = await this.#broker.getToken(await this.#memory.get(name), {
        person: true,
        by,
        rejectedToken: served.payload.accessToken,
        route: TEST_ROUTE,
      });
      result = await this.#test.run(source, served.payload);
      if (isRejected(result)) await this.#broker.rejected(served, TEST_ROUTE);
    }
    if (result.ok && result.status !== undefined) {
      await this.#credentials.markVerified(served.row);
      await this.#broker.accepted(served);
    }
    await this.#activity.record(id, {
      kind: 'tested',
      actor: by,
      details: {
        ok: result.ok,
        status: result.status ?? null,
        duration: result.duration ?? null,
      },
    });
    return result;
  }

  async #rehearseSaved(name: string, caller: Caller): Promise<RehearsalResult> {
    await this.#datasources.forAuthorizing(name, undefined, { caller });
    const copy = await this.#memory.get(name);
    const { record } = copy.datasource;
    const by = callerName(caller);
    const result = await this.#rehearse(copy, by);
    await this.#activity.record(record.id, {
      kind: 'rehearsed',
      actor: by,
      details: { verdict: result.verdict },
    });
    return result;
  }

  async #rehearse(copy: CredentialCopy, by: string): Promise<RehearsalResult> {
    const { datasource, row, payload } = copy;
    const { settings } = datasource.record;
    const rehearsedAt = Date.now();
    const { auth, instance } = settings;
    const scopes = filledScopes({ scopes: auth.scopes, instance });
    if (row?.sealed && !isRenewable(settings, row)) {
      return {
        ok: false,
        verdict: 'no_refresh_token',
        message: `No refresh token was issued: this will stop working${
          row.expiresAt === undefined
            ? ' when the token ends'
            : ` on ${new Date(row.expiresAt)
                .toISOString()
                .replace('T', ' ')
                .slice(0, 16)} UTC`
        }. Request a refresh token the way the provider documents, often with ${
          scopes.includes('offline_access')
            ? 'a parameter'
            : 'the scope offline_access or a parameter'
        }, and get a new credential.`,
        rehearsedAt,
      };
    }
    try {
      const renewed = await this.#broker.getToken(copy, {
        person: true,
        by,
        newerThan: row?.generation ?? 0,
      });
      const before = payload?.refreshToken;
      const after = renewed.payload.refreshToken;
      if (settings.auth.grantType !== 'authorization_code' || !before) {
        return {
          ok: true,
          verdict: 'renewed',
          message: 'Renewal works. A new access token was issued.',
          rehearsedAt,
        };
      }
      return before === after
        ? {
            ok: true,
            verdict: 'unchanged',
            message: 'Renewal works. The refresh token is unchanged.',
            rehearsedAt,
          }
        : {
            ok: true,
            verdict: 'rotated',
            message: 'Renewal works. The provider issued a new refresh token.',
            rehearsedAt,
          };
    } catch (error) {
      if (!(error instanceof DatasourceAuthError)) throw error;
      return {
        ok: false,
        verdict: 'failed',
        message: error.message,
        diagnosis: error.diagnosis,
        rehearsedAt,
      };
    }
  }

  #view(row: AuthorizationRow): Authorization {
    if (row.requestId) return requestedView(row);
    const staged = this.#flow.staged(row);
    const infos = Object.fromEntries(
      (row.sealedSecrets ? row.secretPaths : []).map(path => [path, {}]),
    );
    return {
      id: row.id,
      status: row.status,
      commit: row.commit,
      display: row.display,
      datasource: row.datasourceId ? row.settings.name : undefined,
      expiresAt: row.expiresAt,
      settings: viewSettings(
        row.settings,
        infos,
      ) as unknown as DatasourceSettingsView,
      staged: staged && stagedView(row, staged),
      error: row.error,
    };
  }
}

/** What somebody sees who answers a request: how his attempt stands, and nothing of the configuration. */
function requestedView(row: AuthorizationRow): Authorization {
  const { id, status, commit, display, expiresAt, error } = row;
  return {
    ...{ id, status, commit, display, expiresAt, requested: true },
    error: error && {
      code: error.code,
      title: error.title,
      cause: 'Nothing was changed.',
      remedy: error.retryable
        ? 'Open the link again to try once more.'
        : 'Tell the person who asked you.',
      retryable: error.retryable,
      details: {},
    },
  };
}

/** What the audit log says of an attempt. */
function outcomeOf({ row }: { row: AuthorizationRow }) {
  return {
    authorization: row.id,
    datasource: row.settings.name,
    ...(row.requestId && { request: row.requestId }),
    status: row.status,
    ...(row.error && { code: row.error.code }),
  };
}

function stagedView(
  row: AuthorizationRow,
  answer: TokenAnswer,
): StagedCredential {
  const { auth, instance } = row.settings;
  const missing = missingScopes({
    ...{ scopes: auth.scopes, instance, granted: answer.scope },
    hasRefreshToken: answer.refreshToken !== undefined,
  });
  return {
    obtainedAt: answer.requestedAt,
    expiresAt: answer.expiresAt,
    refreshExpiresAt: answer.refreshExpiresAt,
    scope: answer.scope,
    missingScopes: missing.length ? missing : undefined,
    hasRefreshToken: answer.refreshToken !== undefined,
    account: answer.account,
    tokenType: answer.tokenType,
  };
}
