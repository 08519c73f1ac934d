import { LoggerService } from '@backstage/backend-plugin-api';
import { setTimeout as wait } from 'node:timers/promises';
import {
  DatasourceAuthError,
  Diagnosis,
  diagnosisTexts,
  renderDiagnosis,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import { isRandomToken, randomToken, Sealer } from '../sealing/Sealer';
import { errorTexts } from '../oauth/errorTexts';
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
import { oauthOf } from '../settings/oauthOf';
import { createDpopKey } from '../signing/dpopProof';

/** How often a repeated callback checks whether the first one is done. */
const LOOK_AGAIN_MILLISECONDS = 200;

const REQUEST_OVER: Diagnosis = {
  code: 'request_ended',
  ...renderDiagnosis(diagnosisTexts('requestEnded')),
  retryable: false,
  details: {},
};

const UNEXPECTED: Diagnosis = {
  code: 'internal',
  ...renderDiagnosis(diagnosisTexts('approvalFailed')),
  retryable: true,
  details: {},
};

/** A cookie that binds an attempt to the browser that started it. */
export interface BrowserBinding {
  /** First eight characters of the attempt's id: one cookie name per attempt. */
  key: string;
  value: string;
}

/** The values with which a browser returned. */
export interface Callback {
  parameters: CallbackParameters;
  /** Path the browser was sent to. */
  path: string;
  /** The browser's cookies, by attempt key. */
  cookie: (key: string) => string | undefined;
}

/** The result of a callback. */
export type CallbackOutcome =
  | { id: string; completion: string }
  | { id: string; failed: Diagnosis };

/**
 * Redirects the browser to the provider with its ticket, and handles its return (RFC 6749 section 4.1). The returning
 * browser must be the one that left, with a response to its own request. {@link AuthorizationFlow.grant} checks the
 * user later.
 *
 * Browsers repeat requests: two tabs, a reload, a double click. The repeated request gets the result of the first one,
 * on any replica, while codes and states are still used once. For that, state and cookie are derived from the ticket,
 * and the completion from the cookie, with a key that only the backend has.
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

  /** Uses the ticket. The browser gets a cookie and goes to the provider. */
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
      const { pkce } = oauthOf(row.settings);
      const verifier = {
        codeVerifier: pkce === 'S256' ? randomToken() : undefined,
        nonce: randomToken(),
        dpopKey:
          row.settings.senderConstraint === 'dpop'
            ? await createDpopKey()
            : undefined,
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

  /** Handles a form that is posted again within seconds: same destination, same cookie. */
  async #startAgain(ticket: string, ticketHashes: string[]) {
    const row = await this.#store.findByTicket(ticketHashes);
    const isRecent = (row?.ticketExpiresAt ?? 0) > (row?.readAt ?? 0);
    if (row?.status !== 'redirected' || !isRecent) throw ticketInvalid();
    return this.#departure(row, ticket, this.#secrets.openVerifier(row));
  }

  async #departure(row: AuthorizationRow, ticket: string, verifier: Verifier) {
    const { dpopKey, ...step } = verifier;
    const context = { ...this.#secrets.providerContext(row), dpopKey };
    const state = this.#sealer.hash('state_of_ticket', ticket);
    const value = this.#sealer.hash('browser_of_ticket', ticket);
    try {
      return {
        state,
        request: await this.#client.authorizeRequest(context, {
          state,
          ...step,
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
   * Seals what a form_post contained into the row. Returns a handle for the GET that follows, which carries the cookie.
   * A repeated form has the same handle.
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
   * Handles the provider's response. Browser, path and expiry are checked before the state is used, so that a different
   * browser can't end the attempt. Then one statement uses the state, and only after that the response is read.
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
      // Checked before the exchange: don't obtain a token that no one waits for.
      await this.#store.failExchange(row.id, REQUEST_OVER);
      return { ...base, failed: REQUEST_OVER };
    }
    const { dpopKey, ...verifier } = this.#secrets.openVerifier(row);
    const context = { ...this.#secrets.providerContext(row), dpopKey };
    try {
      const { code, kept, suggestedIssuer } = this.#client.readCallback(
        context,
        parameters,
      );
      const state = Object.values(parameters).find(value =>
        this.#sealer.matches('state', value, row.stateHash),
      );
      const returning = { ...context, kept: { ...context.kept, ...kept } };
      const answer = await this.#client.exchangeCode(returning, {
        ...{ code, state },
        ...verifier,
      });
      const [completion] = this.#completionsOf(row, callback);
      await this.#store.returned(
        row.id,
        this.#secrets.sealResult(row, { answer, suggestedIssuer }),
        this.#sealer.hash('completion', completion),
      );
      // The code is used up. If this process ends here, the credential's first refresh goes on.
      if (answer.answer) {
        const tokens = await this.#client.finish(returning, answer.answer);
        const refreshToken = tokens.refreshToken ?? answer.refreshToken;
        await this.#store.finished(
          row.id,
          this.#secrets.sealResult(row, {
            answer: { ...tokens, refreshToken },
            suggestedIssuer,
          }),
        );
      }
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

  /** Finds the attempt of a callback, and the content of its form_post. */
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
   * Returns the result of an identical earlier callback of the same browser. Waits while that one is being exchanged,
   * which ends after a minute.
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

  /** Returns whether a callback is from the browser that left, in time, and at the right path. */
  #isSameBrowser(row: AuthorizationRow, { path, cookie }: Callback): boolean {
    const browser = cookie(cookieKey(row.id));
    return (
      row.callbackPath === path &&
      browser !== undefined &&
      this.#sealer.matches('browser', browser, row.browserHash) &&
      (row.stateExpiresAt ?? 0) > row.readAt
    );
  }

  /** Returns what finishes the attempt of a browser, under each key. The first one is handed out. */
  #completionsOf(row: AuthorizationRow, { cookie }: Callback): string[] {
    const browser = cookie(cookieKey(row.id)) ?? '';
    return this.#sealer.hashes('completion_of_browser', browser);
  }

  /** Returns the handle of a callback: equal parameters have equal handles. */
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
    throw new DatasourceAuthError(errorTexts(REQUEST_OVER), {
      code: 'request_ended',
      statusCode: 409,
    });
  }

  /** @throws DatasourceAuthError `callback_invalid` if no parameter can be a state */
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

/** One cookie name per attempt, so that simultaneous attempts don't overwrite each other's. */
function cookieKey(id: string): string {
  return id.slice(0, 8);
}

function ticketInvalid(): DatasourceAuthError {
  return new DatasourceAuthError(message('error.linkEnded'), {
    code: 'ticket_invalid',
    statusCode: 400,
  });
}

function stateInvalid(): DatasourceAuthError {
  return new DatasourceAuthError(message('error.approvalUnmatched'), {
    code: 'callback_invalid',
    statusCode: 400,
  });
}
