import {
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  CALL_HEADER_PREFIX,
  ConsumableDatasource,
  DatasourceUnavailableError,
  DELEGATION_CONTEXT_HEADER,
  DELEGATION_HEADER,
  DelegationCreate,
  DelegationHandle,
  GATEWAY_RESPONSE_HEADER,
  SUBJECT_HEADER,
} from 'backstage-plugin-datasource-auth-common';
import { ActingOptions, DatasourceAuthBackend } from './DatasourceAuthBackend';
import { DatasourceToken, readToken } from './DatasourceToken';
import { errorFromResponse, notInstalledError } from './errorFromResponse';
import { failureCode } from './failureCode';
import { PluginRequestTokens } from './PluginRequestTokens';

const PLUGIN_ID = 'datasource-auth';
const PAGE_SIZE = 200;
const PAGE_LIMIT = 100;

/** Failures of a kept connection that say nothing about the backend. Repeating the call is safe. */
const CONNECTION_LOST = ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'];

interface Call {
  path: string;
  /** Name of the call in messages. */
  what: string;
  credentials?: BackstageCredentials;
  headers?: Record<string, string>;
  body?: object;
}

/**
 * Calls the datasource-auth backend over HTTP.
 *
 * @internal
 */
export class HttpDatasourceAuthBackend implements DatasourceAuthBackend {
  readonly #discovery: DiscoveryService;
  readonly #tokens: PluginRequestTokens;
  readonly #fetch: typeof fetch;

  constructor(options: {
    discovery: DiscoveryService;
    tokens: PluginRequestTokens;
    fetch: typeof fetch;
  }) {
    this.#discovery = options.discovery;
    this.#tokens = options.tokens;
    this.#fetch = options.fetch;
  }

  async requestToken(
    options: ActingOptions & {
      datasource: string;
      minValiditySeconds?: number;
      rejectedVersion?: string;
      rejectedRoute?: string;
      acceptedVersion?: string;
    },
  ): Promise<DatasourceToken> {
    const { datasource, credentials, subject, delegation, context, ...body } =
      options;
    const what = `the token of datasource '${datasource}'`;
    const path = `/datasources/${encodeURIComponent(datasource)}/token`;
    const answer = await this.#ask({
      ...{ path, what, credentials },
      headers: headersOf({ subject, delegation, context }),
      body: { ...body, throughBackend: true },
    });
    const token = readToken(answer);
    if (!token) throw unexpectedAnswer(what);
    return token;
  }

  async delegate(
    options: DelegationCreate & { credentials: BackstageCredentials },
  ): Promise<string> {
    const { credentials, ...body } = options;
    const what = `a delegation for datasource '${body.datasource}'`;
    const answer = (await this.#ask({
      ...{ path: '/delegations', what, credentials, body },
    })) as Partial<DelegationHandle> | null;
    if (typeof answer?.delegation !== 'string') throw unexpectedAnswer(what);
    return answer.delegation;
  }

  async callApi(
    options: ActingOptions & {
      datasource: string;
      url: string;
      init: RequestInit;
    },
  ): Promise<Response> {
    const { datasource, credentials, url, init } = options;
    const base = await this.#discovery.getBaseUrl(PLUGIN_ID);
    const token = await this.#requestToken(credentials);
    const headers = new Headers({
      ...headersOf(options),
      authorization: `Bearer ${token}`,
    });
    for (const [name, value] of new Headers(init.headers))
      headers.set(`${CALL_HEADER_PREFIX}${name}`, value);
    const query = new URLSearchParams({ url });
    const response = await this.#fetch(
      `${base}/calls/${encodeURIComponent(datasource)}?${query}`,
      { ...init, headers },
    );
    if (response.headers.get(GATEWAY_RESPONSE_HEADER) === 'api')
      return response;
    const ownToken = isPluginItself(credentials);
    // The next call gets a new one.
    if (response.status === 401 && ownToken) this.#tokens.forgetOwn(PLUGIN_ID);
    throw errorFromResponse({
      ...{ status: response.status, body: await readJson(response), ownToken },
      what: `a call of the API of datasource '${datasource}'`,
    });
  }

  async readDatasource(
    options: ActingOptions & { datasource: string },
  ): Promise<ConsumableDatasource> {
    const { datasource, credentials } = options;
    const what = `the status of datasource '${datasource}'`;
    const path = `/datasources/${encodeURIComponent(datasource)}`;
    const headers = headersOf(options);
    const found = readConsumable(
      await this.#ask({ path, what, credentials, headers }),
    );
    if (!found) throw unexpectedAnswer(what);
    return found;
  }

  async listDatasources(options: {
    credentials?: BackstageCredentials;
  }): Promise<ConsumableDatasource[]> {
    const what = 'the list of datasources';
    const found: ConsumableDatasource[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < PAGE_LIMIT; page++) {
      const query = new URLSearchParams({ limit: String(PAGE_SIZE) });
      if (cursor) query.set('cursor', cursor);
      const answer = (await this.#ask({
        path: `/datasources?${query}`,
        what,
        credentials: options.credentials,
      })) as { items?: unknown[]; nextCursor?: string } | null;
      if (!Array.isArray(answer?.items)) throw unexpectedAnswer(what);
      for (const item of answer.items) {
        const consumable = readConsumable(item);
        if (consumable) found.push(consumable);
      }
      cursor = answer.nextCursor;
      if (!cursor) break;
    }
    return found;
  }

  async #ask(call: Call): Promise<unknown> {
    const ownToken = isPluginItself(call.credentials);
    let response = await this.#send(call);
    if (response.status === 401 && ownToken) {
      // The kept token may have been signed with keys that are gone
      await response.body?.cancel();
      this.#tokens.forgetOwn(PLUGIN_ID);
      response = await this.#send(call);
    }
    const { status } = response;
    const body = await readJson(response);
    if (!response.ok)
      throw errorFromResponse({ status, body, what: call.what, ownToken });
    // A backend that serves an app responds to unknown paths with the app's page
    if (body === undefined) throw notInstalledError();
    return body;
  }

  async #send(call: Call): Promise<Response> {
    const base = await this.#discovery.getBaseUrl(PLUGIN_ID);
    const token = await this.#requestToken(call.credentials);
    const init: RequestInit = {
      method: call.body ? 'POST' : 'GET',
      headers: {
        ...call.headers,
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        ...(call.body && { 'content-type': 'application/json' }),
      },
      ...(call.body && { body: JSON.stringify(call.body) }),
      redirect: 'error',
    };
    const url = `${base}${call.path}`;
    try {
      return await this.#fetch(url, init).catch(error => {
        if (!CONNECTION_LOST.includes(failureCode(error) ?? '')) throw error;
        return this.#fetch(url, init);
      });
    } catch (error) {
      throw new DatasourceUnavailableError(
        `The datasource-auth backend could not be asked for ${call.what} at ${
          new URL(base).origin
        }: ${failureCode(error) ?? 'the connection failed'}. Try again later.`,
      );
    }
  }

  async #requestToken(credentials?: BackstageCredentials): Promise<string> {
    if (isPluginItself(credentials)) return this.#tokens.own(PLUGIN_ID);
    return this.#tokens.onBehalfOf(credentials!, PLUGIN_ID);
  }
}

/** Whose credential a call uses. A handle is secret, so it is never part of a URL. */
function headersOf({
  subject,
  delegation,
  context,
}: ActingOptions): Record<string, string> {
  return {
    ...(subject === 'user' && { [SUBJECT_HEADER]: subject }),
    ...(delegation !== undefined && {
      [DELEGATION_HEADER]: delegation,
      [DELEGATION_CONTEXT_HEADER]: Buffer.from(
        JSON.stringify(context),
      ).toString('base64url'),
    }),
  };
}

/**
 * Returns whether a call is made as the plugin itself. For an external caller with access restrictions it isn't: the
 * framework must allow each call for it.
 *
 * @internal
 */
export function isPluginItself(
  credentials: BackstageCredentials | undefined,
): boolean {
  if (!credentials) return true;
  const principal = credentials.principal as {
    type?: string;
    accessRestrictions?: unknown;
  };
  return principal.type === 'service' && !principal.accessRestrictions;
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function readConsumable(item: unknown): ConsumableDatasource | undefined {
  const { name, title, status } = (item ?? {}) as Partial<ConsumableDatasource>;
  if (typeof name !== 'string' || typeof status?.state !== 'string')
    return undefined;
  return {
    name,
    ...(typeof title === 'string' && { title }),
    status: { state: status.state, reason: String(status.reason ?? '') },
  };
}

function unexpectedAnswer(what: string) {
  return new DatasourceUnavailableError(
    `The datasource-auth backend returned an unexpected response to the request for ${what}. Check that its version and that ` +
      'of backstage-plugin-datasource-auth-node match.',
  );
}
