import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  DatasourceAuthError,
  DatasourceNotConfiguredError,
  DatasourceSettings,
  Diagnosis,
} from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import { randomToken, Sealer } from '../credentials/Sealer';
import { redirectUriFor } from '../config';
import { bindingOf } from '../datasources/binding';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { DatasourceWriter } from '../datasources/DatasourceWriter';
import { mergeWrite, SecretSource } from '../datasources/mergeWrite';
import { resolveSettings } from '../datasources/secrets';
import { SettingsPolicy } from '../datasources/SettingsPolicy';
import { missingParameters } from '../datasources/status';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import {
  AuthorizeRequest,
  CallbackParameters,
  ProviderClient,
  TokenAnswer,
} from '../oauth/ProviderClient';
import { ProviderContext } from '../oauth/ResolvedSettings';
import { AuthorizationRequests } from './AuthorizationRequests';
import { AuthorizationSecrets } from './AuthorizationSecrets';
import { AuthorizationRow, AuthorizationStore } from './AuthorizationStore';

const OTHER_USER: Diagnosis = {
  code: 'other_user',
  title: 'Another user finished the approval',
  cause: 'The person signed in to Backstage changed while the window was open.',
  remedy: 'Start again.',
  retryable: false,
  details: {},
};

const REQUEST_OVER: Diagnosis = {
  code: 'request_ended',
  title: 'The request is over',
  cause: 'It was answered by somebody else, withdrawn, or has expired.',
  remedy: 'Ask for a new one.',
  retryable: false,
  details: {},
};

const UNEXPECTED: Diagnosis = {
  code: 'internal',
  title: 'Backstage could not finish the approval',
  cause: 'An unexpected error happened. The log of the backend has more.',
  remedy: 'Start again.',
  retryable: true,
  details: {},
};

/** What somebody wants a credential for. */
export interface AuthorizationRequest {
  /** User entity ref or external subject: only he can follow, finish and save the attempt. */
  by: string;
  datasource?: LoadedDatasource;
  settings?: DatasourceSettings;
  commit: boolean;
  display: 'popup' | 'page';
  /** An earlier attempt of the same user whose sealed form holds the secrets. */
  authorizationId?: string;
  /** The request of somebody else that this attempt answers. It has been looked at whether he may. */
  requestId?: string;
}

/** A cookie that binds an attempt to the browser that started it. */
export interface BrowserBinding {
  /** First eight characters of the attempt's id: one cookie name per attempt. */
  key: string;
  value: string;
}

/** How an answer of the provider was dealt with. */
export type CallbackOutcome =
  | { id: string; cookieKey: string; completion: string }
  | { id: string; cookieKey: string; failed: Diagnosis };

/**
 * Gets a credential, with a person or without: the server's side of the sequence. The person who finishes must be the
 * person who started, the browser too, and nothing in the middle may choose otherwise.
 */
export class AuthorizationFlow {
  readonly #activity: ActivityStore;
  readonly #requests: AuthorizationRequests;
  readonly #store: AuthorizationStore;
  readonly #secrets: AuthorizationSecrets;
  readonly #datasources: Datasources;
  readonly #writer: DatasourceWriter;
  readonly #client: ProviderClient;
  readonly #policy: SettingsPolicy;
  readonly #sealer: Sealer;
  readonly #callbackUrl: string;
  readonly #logger: LoggerService;

  static create(options: {
    activity: ActivityStore;
    requests: AuthorizationRequests;
    store: AuthorizationStore;
    secrets: AuthorizationSecrets;
    datasources: Datasources;
    writer: DatasourceWriter;
    client: ProviderClient;
    policy: SettingsPolicy;
    sealer: Sealer;
    callbackUrl: string;
    logger: LoggerService;
  }): AuthorizationFlow {
    return new AuthorizationFlow(options);
  }

  private constructor(options: Parameters<typeof AuthorizationFlow.create>[0]) {
    this.#activity = options.activity;
    this.#requests = options.requests;
    this.#store = options.store;
    this.#secrets = options.secrets;
    this.#datasources = options.datasources;
    this.#writer = options.writer;
    this.#client = options.client;
    this.#policy = options.policy;
    this.#sealer = options.sealer;
    this.#callbackUrl = options.callbackUrl;
    this.#logger = options.logger;
  }

  /**
   * Begins an attempt. Client credentials and password run at once; for authorization code the answer has a ticket,
   * good for 60 seconds and one use.
   */
  async begin(
    request: AuthorizationRequest,
  ): Promise<{ row: AuthorizationRow; ticket?: string }> {
    const form = await this.#form(request);
    const missing = missingParameters(
      form.settings,
      new Set(form.secrets.keys()),
    );
    if (missing.length > 0) {
      throw new DatasourceNotConfiguredError(`Fill in: ${missing.join(', ')}`);
    }
    this.#policy.assertAllowed(form.settings);

    const id = randomUUID();
    const binding = bindingOf(form.settings);
    const base = {
      id,
      userRef: request.by,
      datasourceId: request.datasource?.record.id,
      requestId: request.requestId,
      settingsVersion: request.datasource?.record.version,
      binding,
      issuer: form.settings.auth.issuer,
      settings: form.settings,
      secretPaths: [...form.secrets.keys()],
      sealedSecrets: this.#secrets.sealSecrets({ id, binding }, form.secrets),
      commit: request.commit,
      display: request.display,
    };
    let ticket: string | undefined;
    if (form.settings.auth.grantType === 'authorization_code') {
      ticket = randomToken();
      await this.#store.insert({
        ...base,
        status: 'pending',
        ticketHash: this.#sealer.hash('ticket', ticket),
      });
    } else {
      await this.#runGrant(base, form);
      if (request.commit) await this.#commit(request, id);
    }
    return { row: (await this.#store.find(id))!, ticket };
  }

  /** The ticket is used up; the browser gets a cookie and goes to the provider. */
  async start(ticket: string): Promise<{
    request: AuthorizeRequest;
    browser: BrowserBinding;
  }> {
    const ticketHashes = this.#sealer.hashes('ticket', ticket);
    const row = await this.#store.findByTicket(ticketHashes);
    if (!row) throw ticketInvalid();
    await this.#assertStillAsked(row);

    const context = this.#context(this.#secrets.openForm(row));
    const state = randomToken();
    const browser = randomToken();
    const { pkce } = context.auth;
    const verifier = {
      codeVerifier: pkce === 'S256' ? randomToken() : undefined,
      nonce: randomToken(),
    };
    let request: AuthorizeRequest;
    try {
      request = await this.#client.authorizeRequest(context, {
        state,
        ...verifier,
      });
    } catch (error) {
      if (error instanceof OAuthExchangeError) {
        await this.#store.fail(row.id, error.diagnosis);
      }
      throw error;
    }
    const redirected = await this.#store.redirect(row.id, ticketHashes, {
      stateHash: this.#sealer.hash('state', state),
      browserHash: this.#sealer.hash('browser', browser),
      callbackPath: new URL(context.redirectUri).pathname,
      sealedVerifier: this.#secrets.sealVerifier(row, verifier),
    });
    if (!redirected) throw ticketInvalid();
    return { request, browser: { key: cookieKey(row.id), value: browser } };
  }

  /**
   * What a form_post brought is sealed into the row; the answer is a one-time handle for the GET that follows, on which
   * the cookie travels.
   */
  async keepFormPost(parameters: CallbackParameters): Promise<string> {
    const row = await this.#findByState(parameters);
    const handle = randomToken();
    const kept = await this.#store.keepCallback(
      row.id,
      this.#sealer.hash('handle', handle),
      this.#secrets.sealCallback(row, JSON.stringify(parameters)),
    );
    if (!kept) throw stateInvalid();
    return handle;
  }

  /** The parameters that wait under a handle. */
  async readFormPost(handle: string): Promise<CallbackParameters> {
    const row = await this.#store.findByHandle(
      this.#sealer.hashes('handle', handle),
    );
    if (!row?.sealedCallback) throw stateInvalid();
    return JSON.parse(this.#secrets.openCallback(row));
  }

  /**
   * The provider's answer. Browser, path and expiry are checked before the state is used up, so that a foreign browser
   * cannot end somebody's attempt; then it is used up in one statement, and only then looked at.
   */
  async callback(input: {
    parameters: CallbackParameters;
    /** Path the browser was sent to. */
    path: string;
    /** The browser's cookies, by attempt key. */
    cookie: (key: string) => string | undefined;
  }): Promise<CallbackOutcome> {
    const row = await this.#findByState(input.parameters);
    const browser = input.cookie(cookieKey(row.id));
    if (
      row.status !== 'redirected' ||
      row.callbackPath !== input.path ||
      !browser ||
      !this.#sealer.matches('browser', browser, row.browserHash) ||
      (row.stateExpiresAt ?? 0) <= row.readAt
    ) {
      throw stateInvalid();
    }
    if (!(await this.#store.exchange(row.id, row.browserHash!))) {
      throw stateInvalid();
    }

    const base = { id: row.id, cookieKey: cookieKey(row.id) };
    if (row.requestId && !(await this.#requests.isOpen(row.requestId))) {
      // Looked at before the exchange: what nobody asks for any more is not fetched.
      await this.#store.fail(row.id, REQUEST_OVER);
      return { ...base, failed: REQUEST_OVER };
    }
    const form = this.#secrets.openForm(row);
    const context = this.#context(form);
    try {
      const { code, kept, suggestedIssuer } = this.#client.readCallback(
        context,
        input.parameters,
      );
      const answer = await this.#client.exchangeCode(
        { ...context, kept: { ...context.kept, ...kept } },
        { code, ...this.#secrets.openVerifier(row) },
      );
      const completion = randomToken();
      await this.#store.returned(
        row.id,
        this.#secrets.sealResult(row, { answer, suggestedIssuer }),
        this.#sealer.hash('completion', completion),
      );
      return { ...base, completion };
    } catch (error) {
      if (!(error instanceof OAuthExchangeError)) {
        await this.#store.fail(row.id, UNEXPECTED);
        throw error;
      }
      await this.#store.fail(row.id, error.diagnosis);
      await this.#noteFailure(row, error.diagnosis);
      this.#logger.info(
        `Authorizing datasource '${row.settings.name}' failed: ${error.message}`,
      );
      return { ...base, failed: error.diagnosis };
    }
  }

  /** Finished by whoever is signed in now, once. Another one than who started destroys the result. */
  async complete(
    id: string,
    completion: string,
    by: string,
  ): Promise<AuthorizationRow> {
    const row = await this.#store.find(id);
    if (!row) throw ended();
    if (row.userRef !== by) {
      await this.#store.fail(id, OTHER_USER);
      throw new DatasourceAuthError(
        `This approval was started by ${row.userRef.replace(
          /^user:[^/]+\//,
          '',
        )}. Start again as yourself.`,
        { code: 'other_user', statusCode: 403 },
      );
    }
    const hashes = this.#sealer.hashes('completion', completion);
    if (!(await this.#store.grant(id, hashes))) throw ended();
    if (row.commit) {
      const datasource = await this.#datasources.findById(row.datasourceId!);
      if (!datasource) throw ended();
      await this.#commitAs(row, datasource, by);
    }
    return (await this.#store.find(id))!;
  }

  /** An attempt of this user. Reading it keeps it alive. */
  async get(id: string, by: string): Promise<AuthorizationRow> {
    const row = await this.#store.find(id);
    if (!row || row.userRef !== by) {
      throw new DatasourceAuthError(`No authorization with id '${id}' found`, {
        code: 'not_found',
        statusCode: 404,
      });
    }
    await this.#store.touch(id);
    return row;
  }

  /** Drops an attempt and what was staged with it. Nothing is revoked: that could end the saved credential too. */
  async discard(id: string, by: string): Promise<void> {
    await this.get(id, by);
    await this.#store.delete(id);
  }

  /** What is staged, tokens included: for tests of the connection. */
  staged(row: AuthorizationRow): TokenAnswer | undefined {
    return row.sealedResult && row.status === 'granted'
      ? this.#secrets.openResult(row, row.sealedResult).answer
      : undefined;
  }

  /** The form of an attempt, with its secrets. */
  form(row: AuthorizationRow): SecretSource {
    return this.#secrets.openForm(row);
  }

  async #form(request: AuthorizationRequest): Promise<SecretSource> {
    const { datasource } = request;
    const saved = datasource && {
      settings: datasource.record.settings,
      secrets: datasource.secrets,
    };
    if (!request.settings) {
      if (datasource?.unreadable) {
        throw new DatasourceAuthError(datasource.unreadable.message, {
          code: 'authorization_failed',
          statusCode: 409,
        });
      }
      return saved!;
    }
    const sources: SecretSource[] = [];
    if (request.authorizationId) {
      const earlier = await this.#store.find(request.authorizationId);
      if (earlier?.userRef === request.by) {
        sources.push(this.#secrets.openForm(earlier));
      }
    }
    if (saved) sources.push(saved);
    return mergeWrite(request.settings, sources);
  }

  async #runGrant(
    base: Omit<
      Parameters<AuthorizationStore['insert']>[0],
      'status' | 'sealedResult' | 'error'
    >,
    form: SecretSource,
  ): Promise<void> {
    try {
      const answer = await this.#client.requestToken(this.#context(form));
      await this.#store.insert({
        ...base,
        status: 'granted',
        sealedResult: this.#secrets.sealResult(base, { answer }),
      });
    } catch (error) {
      if (!(error instanceof OAuthExchangeError)) throw error;
      await this.#store.insert({
        ...base,
        status: 'failed',
        error: error.diagnosis,
      });
      await this.#noteFailure(base, error.diagnosis);
    }
  }

  /** In the timeline of the datasource, where there is one yet. */
  async #noteFailure(
    row: { datasourceId?: string; userRef: string },
    { code }: Diagnosis,
  ): Promise<void> {
    if (!row.datasourceId) return;
    await this.#activity.record(row.datasourceId, {
      kind: 'authorization_failed',
      actor: row.userRef,
      details: { code },
    });
  }

  /** What answered a request that is over by now is destroyed: it was approved for nothing else. */
  async #commitAs(
    row: AuthorizationRow,
    datasource: LoadedDatasource,
    by: string,
  ): Promise<void> {
    const { id, requestId } = row;
    try {
      const asked = requestId
        ? await this.#requests.findById(requestId)
        : undefined;
      if (requestId && !asked) throw ended();
      await this.#writer.commit(datasource, id, {
        by,
        request: asked?.request,
      });
    } catch (error) {
      if (requestId) await this.#store.delete(id);
      throw error;
    }
    if (requestId) await this.#requests.approved(requestId);
  }

  async #assertStillAsked(row: AuthorizationRow): Promise<void> {
    if (!row.requestId || (await this.#requests.isOpen(row.requestId))) return;
    await this.#store.fail(row.id, REQUEST_OVER);
    throw new DatasourceAuthError(
      `${REQUEST_OVER.title}: ${REQUEST_OVER.cause} ${REQUEST_OVER.remedy}`,
      { code: 'request_ended', statusCode: 409 },
    );
  }

  async #commit(request: AuthorizationRequest, id: string): Promise<void> {
    const row = await this.#store.find(id);
    if (row?.status !== 'granted') return;
    await this.#writer.commit(request.datasource!, id, { by: request.by });
  }

  #context(form: SecretSource): ProviderContext {
    const { settings } = form;
    return {
      name: settings.name,
      ...resolveSettings(settings, form.secrets),
      kept: {},
      redirectUri: redirectUriFor(
        this.#callbackUrl,
        settings.name,
        settings.auth.redirectUri,
      ),
    };
  }

  async #findByState(
    parameters: CallbackParameters,
  ): Promise<AuthorizationRow> {
    // Which parameter holds the state is a setting of the datasource, and only the state tells the datasource: so every
    // value is a candidate, the usual name first. A hash of 256 random bits does not match by chance.
    const named = parameters.state;
    const candidates = named ? [named] : Object.values(parameters);
    const hashes = candidates
      .slice(0, 30)
      .flatMap(value => this.#sealer.hashes('state', value));
    const row = await this.#store.findByState(hashes);
    if (!row) throw stateInvalid();
    return row;
  }
}

/** One cookie name per attempt, so that two attempts at once do not overwrite each other's. */
function cookieKey(id: string): string {
  return id.slice(0, 8);
}

function ticketInvalid(): DatasourceAuthError {
  return new DatasourceAuthError(
    'This link was already used or has expired. Start again from the datasource.',
    { code: 'ticket_invalid', statusCode: 400 },
  );
}

function stateInvalid(): DatasourceAuthError {
  return new DatasourceAuthError(
    "This approval can't be matched. It was already used or took longer than 10 minutes. Start again from the datasource.",
    { code: 'callback_invalid', statusCode: 400 },
  );
}

function ended(): DatasourceAuthError {
  return new DatasourceAuthError(
    'This link was already used or has expired. Start again from the datasource.',
    { code: 'authorization_ended', statusCode: 409 },
  );
}
