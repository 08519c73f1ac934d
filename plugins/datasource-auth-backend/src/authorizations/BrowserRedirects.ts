import { LoggerService } from '@backstage/backend-plugin-api';
import { setTimeout as wait } from 'node:timers/promises';
import {
  DatasourceAuthError,
  Diagnosis,
} from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import { isRandomToken, randomToken, Sealer } from '../sealing/Sealer';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import {
  AuthorizeRequest,
  CallbackParameters,
  ProviderClient,
} from '../oauth/ProviderClient';
import { AnsweredRequests } from './AnsweredRequests';
import { AuthorizationSecrets, Verifier } from './AuthorizationSecrets';
import { AuthorizationRow } from './AuthorizationRow';
import { AuthorizationStore } from './AuthorizationStore';
import { recordAttemptFailure } from './recordAttemptFailure';

/** How often a repeated callback looks whether the first one is through. */
const LOOK_AGAIN_MILLISECONDS = 200;

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

/** What a browser came back with. */
export interface Callback {
  parameters: CallbackParameters;
  /** Path the browser was sent to. */
  path: string;
  /** The browser's cookies, by attempt key. */
  cookie: (key: string) => string | undefined;
}

/** How an answer of the provider was dealt with. */
export type CallbackOutcome =
  | { id: string; completion: string }
  | { id: string; failed: Diagnosis };

/**
 * The stops of a browser that gets a credential: where it sets out with its ticket, and where the provider sends it back
 * (RFC 6749 section 4.1). The browser that comes back must be the one that left, with an answer to what it was sent for;
 * who sits before it is asked afterwards, by {@link AuthorizationFlow.grant}.
 *
 * Browsers send the same request twice: two tabs, a reload, a form that is clicked twice. The second delivery gets what the
 * first one got, on any replica, while codes and states are still used once. State and cookie are derived from the ticket
 * for that, and the completion from the cookie, with a key that only the backend has.
 */
export class BrowserRedirects {
  readonly #activity: ActivityStore;
  readonly #requests: () => Pick<AnsweredRequests, 'isOpen'>;
  readonly #store: AuthorizationStore;
  readonly #secrets: AuthorizationSecrets;
  readonly #client: ProviderClient;
  readonly #sealer: Sealer;
  readonly #logger: LoggerService;

  constructor(options: {
    activity: ActivityStore;
    requests: () => Pick<AnsweredRequests, 'isOpen'>;
    store: AuthorizationStore;
    secrets: AuthorizationSecrets;
    client: ProviderClient;
    sealer: Sealer;
    logger: LoggerService;
  }) {
    this.#activity = options.activity;
    this.#requests = options.requests;
    this.#store = options.store;
    this.#secrets = options.secrets;
    this.#client = options.client;
    this.#sealer = options.sealer;
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

    if (row.status === 'pending') {
      const { pkce } = row.settings.auth;
      const verifier = {
        codeVerifier: pkce === 'S256' ? randomToken() : undefined,
        nonce: randomToken(),
      };
      const departure = await this.#departure(row, ticket, verifier);
      const { state, browser } = departure;
      const redirected = await this.#store.redirect(row.id, ticketHashes, {
        stateHash: this.#sealer.hash('state', state),
        browserHash: this.#sealer.hash('browser', browser.value),
        callbackPath: departure.callbackPath,
        sealedVerifier: this.#secrets.sealVerifier(row, verifier),
      });
      if (redirected) return departure;
    }
    return this.#startAgain(ticket, ticketHashes);
  }

  /** Where a form leads that is posted again within seconds: to where it led, with the same cookie. */
  async #startAgain(ticket: string, ticketHashes: string[]) {
    const row = await this.#store.findByTicket(ticketHashes);
    const isRecent = (row?.ticketExpiresAt ?? 0) > (row?.readAt ?? 0);
    if (row?.status !== 'redirected' || !isRecent) throw ticketInvalid();
    return this.#departure(row, ticket, this.#secrets.openVerifier(row));
  }

  async #departure(row: AuthorizationRow, ticket: string, verifier: Verifier) {
    const context = this.#secrets.providerContext(row);
    const state = this.#sealer.hash('state_of_ticket', ticket);
    const value = this.#sealer.hash('browser_of_ticket', ticket);
    try {
      return {
        state,
        request: await this.#client.authorizeRequest(context, {
          state,
          ...verifier,
        }),
        browser: { key: cookieKey(row.id), value },
        callbackPath: new URL(context.redirectUri).pathname,
      };
    } catch (error) {
      if (error instanceof OAuthExchangeError) {
        await this.#store.fail(row.id, error.diagnosis);
      }
      throw error;
    }
  }

  /**
   * What a form_post brought is sealed into the row; the answer is a handle for the GET that follows, on which the cookie
   * travels. The same form has the same handle, also when it is posted again.
   */
  async keepFormPost(parameters: CallbackParameters): Promise<string> {
    const row = await this.#findByState(parameters);
    const handle = this.#handleOf(parameters);
    const kept =
      row &&
      (await this.#store.keepCallback(
        row.id,
        this.#sealer.hash('handle', handle),
        this.#secrets.sealCallback(row, JSON.stringify(parameters)),
      ));
    if (!kept && !(await this.#findByHandle(handle))) throw stateInvalid();
    return handle;
  }

  /**
   * The provider's answer. Browser, path and expiry are checked before the state is used up, so that a foreign browser
   * cannot end somebody's attempt; then it is used up in one statement, and only then looked at.
   */
  async callback(callback: Callback): Promise<CallbackOutcome> {
    const { handle, row, parameters } = await this.#arrival(callback);
    if (row?.status !== 'redirected') return this.#repeated(handle, callback);
    if (!this.#isSameBrowser(row, callback)) throw stateInvalid();
    const handleHash = this.#sealer.hash('handle', handle);
    if (!(await this.#store.exchange(row.id, row.browserHash!, handleHash))) {
      return this.#repeated(handle, callback);
    }

    const base = { id: row.id };
    if (row.requestId && !(await this.#requests().isOpen(row.requestId))) {
      // Looked at before the exchange: what nobody asks for any more is not fetched.
      await this.#store.failExchange(row.id, REQUEST_OVER);
      return { ...base, failed: REQUEST_OVER };
    }
    const context = this.#secrets.providerContext(row);
    try {
      const { code, kept, suggestedIssuer } = this.#client.readCallback(
        context,
        parameters,
      );
      const answer = await this.#client.exchangeCode(
        { ...context, kept: { ...context.kept, ...kept } },
        { code, ...this.#secrets.openVerifier(row) },
      );
      const [completion] = this.#completionsOf(row, callback);
      await this.#store.returned(
        row.id,
        this.#secrets.sealResult(row, { answer, suggestedIssuer }),
        this.#sealer.hash('completion', completion),
      );
      return { ...base, completion };
    } catch (error) {
      if (!(error instanceof OAuthExchangeError)) {
        await this.#store.failExchange(row.id, UNEXPECTED);
        throw error;
      }
      await this.#store.failExchange(row.id, error.diagnosis);
      await recordAttemptFailure(this.#activity, row, error.diagnosis);
      this.#logger.info(
        `Authorizing datasource '${row.settings.name}' failed: ${error.message}`,
      );
      return { ...base, failed: error.diagnosis };
    }
  }

  /** Finds the attempt of a callback, and what a form_post brought for it. */
  async #arrival({ parameters }: Callback): Promise<{
    handle: string;
    row?: AuthorizationRow;
    parameters: CallbackParameters;
  }> {
    const { handle } = parameters;
    if (!handle) {
      const row = await this.#findByState(parameters);
      return { handle: this.#handleOf(parameters), row, parameters };
    }
    const row = await this.#findByHandle(handle);
    if (!row) throw stateInvalid();
    return {
      ...{ handle, row },
      parameters: row.sealedCallback
        ? JSON.parse(this.#secrets.openCallback(row))
        : {},
    };
  }

  /**
   * The outcome of a callback that was delivered before: the same one, in every parameter, by the same browser. It waits
   * while the first delivery is being exchanged, which ends after a minute.
   */
  async #repeated(
    handle: string,
    callback: Callback,
  ): Promise<CallbackOutcome> {
    for (;;) {
      const row = await this.#findByHandle(handle);
      if (!row || !this.#isSameBrowser(row, callback)) throw stateInvalid();
      const base = { id: row.id };
      switch (row.status) {
        case 'exchanging':
          await wait(LOOK_AGAIN_MILLISECONDS);
          break;
        case 'failed':
          return { ...base, failed: row.error ?? UNEXPECTED };
        case 'returned':
        case 'granted':
        case 'consumed': {
          const [completion, ...older] = this.#completionsOf(row, callback);
          const handedOut = [completion, ...older].find(candidate =>
            this.#sealer.matches('completion', candidate, row.completionHash),
          );
          return { ...base, completion: handedOut ?? completion };
        }
        default:
          throw stateInvalid();
      }
    }
  }

  /** Whether a callback comes from the browser that left, in time, and to where that was sent. */
  #isSameBrowser(row: AuthorizationRow, { path, cookie }: Callback): boolean {
    const browser = cookie(cookieKey(row.id));
    return (
      row.callbackPath === path &&
      browser !== undefined &&
      this.#sealer.matches('browser', browser, row.browserHash) &&
      (row.stateExpiresAt ?? 0) > row.readAt
    );
  }

  /** What finishes the attempt of a browser, under each key: the first is handed out. */
  #completionsOf(row: AuthorizationRow, { cookie }: Callback): string[] {
    const browser = cookie(cookieKey(row.id)) ?? '';
    return this.#sealer.hashes('completion_of_browser', browser);
  }

  /** The name under which a callback is known: the same parameters have the same one. */
  #handleOf(parameters: CallbackParameters): string {
    const sorted = Object.entries(parameters).sort(([a], [b]) =>
      a < b ? -1 : 1,
    );
    return this.#sealer.hash('callback', JSON.stringify(sorted));
  }

  async #findByHandle(handle: string): Promise<AuthorizationRow | undefined> {
    if (!isRandomToken(handle)) return undefined;
    return this.#store.findByHandle(this.#sealer.hashes('handle', handle));
  }

  async #assertStillAsked(row: AuthorizationRow): Promise<void> {
    if (!row.requestId || (await this.#requests().isOpen(row.requestId)))
      return;
    await this.#store.fail(row.id, REQUEST_OVER);
    throw new DatasourceAuthError(
      `${REQUEST_OVER.title}: ${REQUEST_OVER.cause} ${REQUEST_OVER.remedy}`,
      { code: 'request_ended', statusCode: 409 },
    );
  }

  /** @throws DatasourceAuthError `callback_invalid` where nothing can be a state */
  async #findByState(
    parameters: CallbackParameters,
  ): Promise<AuthorizationRow | undefined> {
    // Which parameter holds the state is a setting of the datasource, and only the state tells the datasource: so every
    // value is a candidate, the usual name first. A hash of 256 random bits does not match by chance.
    const named = parameters.state;
    const candidates = (named ? [named] : Object.values(parameters))
      .filter(isRandomToken)
      .slice(0, 30);
    if (candidates.length === 0) throw stateInvalid();
    return this.#store.findByState(
      candidates.flatMap(value => this.#sealer.hashes('state', value)),
    );
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
