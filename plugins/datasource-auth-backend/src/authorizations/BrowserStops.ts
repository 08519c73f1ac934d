import { LoggerService } from '@backstage/backend-plugin-api';
import {
  DatasourceAuthError,
  Diagnosis,
} from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import { isRandomToken, randomToken, Sealer } from '../credentials/Sealer';
import { providerContextOf } from '../datasources/providerContext';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import {
  AuthorizeRequest,
  CallbackParameters,
  ProviderClient,
} from '../oauth/ProviderClient';
import { AuthorizationRequests } from './AuthorizationRequests';
import { AuthorizationSecrets } from './AuthorizationSecrets';
import { AuthorizationRow, AuthorizationStore } from './AuthorizationStore';
import { noteFailure } from './noteFailure';

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
 * The stops of a browser that gets a credential: where it sets out with its ticket, and where the provider sends it back
 * (RFC 6749 section 4.1). The browser that comes back must be the one that left, with an answer to what it was sent for;
 * who sits before it is asked afterwards, by {@link AuthorizationFlow.complete}.
 */
export class BrowserStops {
  readonly #activity: ActivityStore;
  readonly #requests: AuthorizationRequests;
  readonly #store: AuthorizationStore;
  readonly #secrets: AuthorizationSecrets;
  readonly #client: ProviderClient;
  readonly #sealer: Sealer;
  readonly #callbackUrl: string;
  readonly #logger: LoggerService;

  static create(options: {
    activity: ActivityStore;
    requests: AuthorizationRequests;
    store: AuthorizationStore;
    secrets: AuthorizationSecrets;
    client: ProviderClient;
    sealer: Sealer;
    callbackUrl: string;
    logger: LoggerService;
  }): BrowserStops {
    return new BrowserStops(options);
  }

  private constructor(options: Parameters<typeof BrowserStops.create>[0]) {
    this.#activity = options.activity;
    this.#requests = options.requests;
    this.#store = options.store;
    this.#secrets = options.secrets;
    this.#client = options.client;
    this.#sealer = options.sealer;
    this.#callbackUrl = options.callbackUrl;
    this.#logger = options.logger;
  }

  /** The ticket is used up; the browser gets a cookie and goes to the provider. */
  async start(ticket: string): Promise<{
    request: AuthorizeRequest;
    browser: BrowserBinding;
  }> {
    if (!isRandomToken(ticket)) throw ticketInvalid();
    const ticketHashes = this.#sealer.hashes('ticket', ticket);
    const row = await this.#store.findByTicket(ticketHashes);
    if (!row) throw ticketInvalid();
    await this.#assertStillAsked(row);

    const context = providerContextOf(
      this.#secrets.openForm(row),
      this.#callbackUrl,
    );
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
    if (!isRandomToken(handle)) throw stateInvalid();
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
    const context = providerContextOf(
      this.#secrets.openForm(row),
      this.#callbackUrl,
    );
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
      await noteFailure(this.#activity, row, error.diagnosis);
      this.#logger.info(
        `Authorizing datasource '${row.settings.name}' failed: ${error.message}`,
      );
      return { ...base, failed: error.diagnosis };
    }
  }

  async #assertStillAsked(row: AuthorizationRow): Promise<void> {
    if (!row.requestId || (await this.#requests.isOpen(row.requestId))) return;
    await this.#store.fail(row.id, REQUEST_OVER);
    throw new DatasourceAuthError(
      `${REQUEST_OVER.title}: ${REQUEST_OVER.cause} ${REQUEST_OVER.remedy}`,
      { code: 'request_ended', statusCode: 409 },
    );
  }

  async #findByState(
    parameters: CallbackParameters,
  ): Promise<AuthorizationRow> {
    // Which parameter holds the state is a setting of the datasource, and only the state tells the datasource: so every
    // value is a candidate, the usual name first. A hash of 256 random bits does not match by chance.
    const named = parameters.state;
    const candidates = (named ? [named] : Object.values(parameters))
      .filter(isRandomToken)
      .slice(0, 30);
    if (candidates.length === 0) throw stateInvalid();
    const hashes = candidates.flatMap(value =>
      this.#sealer.hashes('state', value),
    );
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
