import { isDeepStrictEqual } from 'node:util';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import {
  ConsumableDatasource,
  DatasourceAuthError,
  DatasourceConnectionError,
  DatasourceConsumerNotAllowedError,
  DatasourceNotAuthorizedError,
  DatasourceNotConfiguredError,
  DatasourceState,
  DatasourceUnavailableError,
} from 'backstage-plugin-datasource-auth-common';
import {
  ActingOptions,
  DatasourceAuthBackend,
} from '../tokens/DatasourceAuthBackend';
import { DatasourceToken, readToken } from '../tokens/DatasourceToken';

const LINK = 'http://localhost:3000/datasource-auth';

/**
 * A datasource of the mock. By default, getting a token succeeds.
 *
 * @public
 */
export interface MockDatasource {
  /** Display title. */
  title?: string;
  /** `https://<name>.example.com` by default. */
  baseUrl?: string;
  /**
   * Replaces the API at the origin of the base URL. Called when the token is accepted; otherwise the response is 401.
   */
  api?: (request: Request) => Response | Promise<Response>;
  /** Hosts (`host[:port]`) besides that of the base URL; none by default. */
  allowedHosts?: string[];
  /** The header that carries the token; `Authorization: Bearer …` by default. */
  header?: { name: string; prefix?: string };
  /** Further headers that every call needs. */
  headers?: Record<string, string>;
  /** Query parameters that every call needs. */
  query?: Record<string, string>;
  /** Statuses with which the API rejects a token; 401 by default. */
  rejectedStatuses?: number[];
  /** How the API says in a successful response that the token has expired; by default it doesn't. */
  expired?: { path: string; equals: Array<string | number> };
  /** Fields kept from the token response. */
  kept?: Record<string, string>;
  /** Granted scope, space-separated. */
  scope?: string;
  /** `AUTHORIZED` by default. */
  state?: DatasourceState;
  /** Why it has this state. */
  reason?: string;
  /** Lifetime of a token; an hour by default. */
  lifetime?: HumanDuration;
  /** Ids of the plugins that may use it; all by default. */
  consumers?: '*' | string[];
  /** Entity refs of the users who may use it; all by default. */
  users?: string[];
  /** Entity refs of the users who connected their own account, for `subject: 'user'`; none by default. */
  connected?: string[];
  /** Entity refs of the users who agree to every delegation; none by default. */
  delegating?: string[];
  /**
   * Calls to the API need a key that only the backend has: `getToken` rejects with `bound_to_backend`, and
   * `fetch` calls the API through the backend. False by default.
   */
  boundToBackend?: boolean;
}

interface Held {
  /** `service`, or the entity ref of the user whose own account it is. */
  subject: string;
  settings: MockDatasource;
  issued: string[];
  expiresAt: number;
  renewalRefused: boolean;
  /** The current token was revoked at the provider. The backend learns of it when an API rejects the token. */
  revoked: boolean;
}

/** A delegation that a user agreed to. */
interface Delegated {
  datasource: string;
  userEntityRef: string;
  pluginId: string;
  context: Record<string, string>;
}

/**
 * Mocks the backend: one object for all plugins of a test.
 *
 * @internal
 */
export class MockDatasourceAuthBackend {
  readonly #datasources = new Map<string, Held>();
  /** The own accounts of users, by datasource and user. */
  readonly #people = new Map<string, Map<string, Held>>();

  /** By handle. */
  readonly #delegations = new Map<string, Delegated>();
  /** What users were asked for and didn't agree to. */
  #undecided: Delegated[] = [];

  readonly #fetch: typeof fetch;

  /** @param fetchApi - calls an API with the token that the backend adds */
  constructor(
    datasources: Record<string, MockDatasource>,
    fetchApi: typeof fetch,
  ) {
    this.#fetch = fetchApi;
    for (const [name, settings] of Object.entries(datasources)) {
      this.#datasources.set(name, {
        subject: 'service',
        settings,
        issued: [],
        expiresAt: 0,
        renewalRefused: false,
        revoked: false,
      });
    }
  }

  /** Returns the backend as one plugin sees it. */
  forPlugin(pluginId: string): DatasourceAuthBackend {
    return {
      requestToken: async options => {
        const held = this.#heldFor(pluginId, options);
        const token = this.#serve(options.datasource, held, options);
        return held.settings.boundToBackend ? boundToken(token) : token;
      },
      delegate: async options => {
        const { datasource, credentials, context, askAgain = true } = options;
        const shared = this.held(datasource);
        assertAllowed(datasource, shared, pluginId, credentials);
        const userEntityRef = userOf(credentials);
        this.#heldBy(datasource, shared, userEntityRef);
        const delegated = { datasource, userEntityRef, pluginId, context };
        if (!shared.settings.delegating?.includes(userEntityRef)) {
          const wasAsked = this.#undecided.some(each =>
            isDeepStrictEqual(each, delegated),
          );
          if (!wasAsked && !askAgain) throw delegationEnded(datasource);
          if (!wasAsked) this.#undecided.push(delegated);
          throw new DatasourceConnectionError(
            `'${userEntityRef}' hasn't agreed to a delegation of datasource '${datasource}'`,
            { code: 'user_consent_needed', link: `${LINK}/connections` },
          );
        }
        const handle = `mock-delegation.${this.#delegations.size + 1}`;
        this.#delegations.set(handle, delegated);
        return handle;
      },
      callApi: async options => {
        const { datasource, url, init } = options;
        const held = this.#heldFor(pluginId, options);
        return this.#call(datasource, held, url, init);
      },
      readDatasource: async options => {
        const { datasource, subject, delegation } = options;
        if (subject === 'user' || delegation !== undefined)
          this.#heldFor(pluginId, options);
        return describe(datasource, this.held(datasource));
      },
      listDatasources: async () =>
        [...this.#datasources]
          .filter(([, held]) => isConsumer(held, pluginId))
          .map(([name, held]) => describe(name, held)),
    };
  }

  held(datasource: string): Held {
    const held = this.#datasources.get(datasource);
    if (held) return held;
    throw new DatasourceAuthError(`No datasource '${datasource}'`, {
      code: 'not_found',
      statusCode: 404,
    });
  }

  /** Ends all delegations of a datasource: they were declined, taken back, or are over. */
  endDelegations(datasource: string): void {
    this.#undecided = this.#undecided.filter(
      each => each.datasource !== datasource,
    );
    for (const [handle, delegated] of this.#delegations) {
      if (delegated.datasource === datasource) this.#delegations.delete(handle);
    }
  }

  /** Returns the credential that a plugin uses in a call. */
  #heldFor(
    pluginId: string,
    options: ActingOptions & { datasource: string },
  ): Held {
    const { datasource, credentials, subject, delegation, context } = options;
    const shared = this.held(datasource);
    assertAllowed(datasource, shared, pluginId, credentials);
    if (delegation !== undefined) {
      const delegated = this.#delegations.get(delegation);
      if (
        delegated?.datasource !== datasource ||
        delegated.pluginId !== pluginId ||
        !isDeepStrictEqual(delegated.context, context)
      ) {
        throw delegationEnded(datasource);
      }
      return this.#heldBy(datasource, shared, delegated.userEntityRef);
    }
    return subject === 'user'
      ? this.#heldBy(datasource, shared, userOf(credentials))
      : shared;
  }

  /** Returns the own account of a user who connected it. */
  #heldBy(datasource: string, { settings }: Held, userEntityRef: string): Held {
    if (!settings.connected?.includes(userEntityRef)) {
      throw new DatasourceConnectionError(
        `'${userEntityRef}' hasn't connected an account to datasource '${datasource}'`,
        { code: 'user_not_connected', link: `${LINK}/connections` },
      );
    }
    const people = this.#people.get(datasource) ?? new Map<string, Held>();
    this.#people.set(datasource, people);
    const held = people.get(userEntityRef) ?? {
      subject: userEntityRef,
      settings,
      issued: [],
      expiresAt: 0,
      renewalRefused: false,
      revoked: false,
    };
    people.set(userEntityRef, held);
    return held;
  }

  #allOf(datasource: string): Held[] {
    return [
      this.held(datasource),
      ...(this.#people.get(datasource)?.values() ?? []),
    ];
  }

  /** Returns the mocked API at this address, if there is one. */
  apiAt(url: string): ((request: Request) => Promise<Response>) | undefined {
    const { origin } = new URL(url);
    for (const [name, held] of this.#datasources) {
      const { api } = held.settings;
      if (api && new URL(baseUrlOf(name, held)).origin === origin)
        return async request =>
          this.#allOf(name).some(each =>
            this.#isAuthenticated(name, each, request),
          )
            ? api(request)
            : new Response('The token is not accepted', {
                status: held.settings.rejectedStatuses?.[0] ?? 401,
              });
    }
    return undefined;
  }

  #isAuthenticated(name: string, held: Held, request: Request): boolean {
    const current = held.issued.at(-1);
    if (current === undefined || !this.accepts(name, current)) return false;
    const { headers, query } = tokenOf(name, held);
    const { searchParams } = new URL(request.url);
    return (
      Object.entries(headers).every(
        ([key, value]) => request.headers.get(key) === value,
      ) &&
      Object.entries(query).every(
        ([key, value]) => searchParams.get(key) === value,
      )
    );
  }

  /** Returns whether an API would accept this token now. */
  accepts(datasource: string, accessToken: string): boolean {
    return this.#allOf(datasource).some(
      held =>
        !held.revoked &&
        held.issued.at(-1) === accessToken &&
        Date.now() < held.expiresAt,
    );
  }

  /** Calls an API with the current token, once more with a new one if it is rejected. */
  async #call(
    datasource: string,
    held: Held,
    url: string,
    init: RequestInit,
  ): Promise<Response> {
    const callWith = async ({ headers, query }: DatasourceToken) => {
      const whole = new URL(url);
      for (const entry of Object.entries(query))
        whole.searchParams.set(...entry);
      const all = new Headers(init.headers);
      for (const entry of Object.entries(headers)) all.set(...entry);
      return this.#fetch(whole.href, { ...init, headers: all });
    };
    const token = this.#serve(datasource, held, {});
    const response = await callWith(token);
    if (!token.rejectedStatuses.includes(response.status)) return response;
    const need = { rejectedVersion: token.version };
    return callWith(this.#serve(datasource, held, need));
  }

  #serve(
    datasource: string,
    held: Held,
    need: { minValiditySeconds?: number; rejectedVersion?: string },
  ): DatasourceToken {
    assertState(datasource, held);
    const lifetimeMs = durationToMilliseconds(
      held.settings.lifetime ?? { hours: 1 },
    );
    const now = Date.now();
    const minValidityMs = Math.min(
      (need.minValiditySeconds ?? 0) * 1000,
      lifetimeMs / 2,
    );
    const current = held.issued.at(-1);
    const isExpired = current === undefined || now >= held.expiresAt;
    const isRejected =
      current !== undefined && need.rejectedVersion === versionOf(held);
    if (isExpired || isRejected || held.expiresAt - now < minValidityMs) {
      if (!held.renewalRefused) {
        const owner = held.subject === 'service' ? '' : `.${held.subject}`;
        held.issued.push(
          `mock-token.${datasource}${owner}.${held.issued.length + 1}`,
        );
        held.expiresAt = now + lifetimeMs;
        held.revoked = false;
      } else if (isExpired || isRejected) {
        held.settings = { ...held.settings, state: 'NOT_AUTHORIZED' };
        assertState(datasource, held);
      }
    }
    return tokenOf(datasource, held);
  }
}

function tokenOf(datasource: string, held: Held): DatasourceToken {
  const { subject, settings, issued, expiresAt } = held;
  const accessToken = issued.at(-1)!;
  const { name = 'Authorization', prefix = 'Bearer' } = settings.header ?? {};
  return readToken({
    accessToken,
    expiresAt,
    scope: settings.scope,
    headers: { [name]: `${prefix} ${accessToken}`.trim(), ...settings.headers },
    query: settings.query ?? {},
    secrets: [
      accessToken,
      ...Object.values({ ...settings.headers, ...settings.query }),
    ],
    kept: settings.kept,
    baseUrl: baseUrlOf(datasource, held),
    allowedHosts: settings.allowedHosts ?? [],
    rejectedStatuses: settings.rejectedStatuses ?? [401],
    expired: settings.expired,
    egress: { allow: [], allowHttp: [], only: [] },
    version: versionOf(held),
    subject,
  })!;
}

/** Returns what a plugin gets of a token that only the backend can use. */
function boundToken({ accessToken: _, ...token }: DatasourceToken) {
  return readToken({
    ...token,
    ...{ headers: {}, query: {}, secrets: [], boundToBackend: true },
  })!;
}

function delegationEnded(datasource: string): DatasourceConnectionError {
  return new DatasourceConnectionError(
    `The delegation for datasource '${datasource}' has ended, or doesn't cover this use`,
    { code: 'delegation_ended', link: `${LINK}/connections` },
  );
}

function userOf(credentials?: BackstageCredentials): string {
  const { userEntityRef = '' } = (credentials?.principal ?? {}) as {
    userEntityRef?: string;
  };
  return userEntityRef;
}

function versionOf({ issued }: Held): string {
  return String(issued.length);
}

function baseUrlOf(datasource: string, { settings }: Held): string {
  return settings.baseUrl ?? `https://${datasource}.example.com`;
}

function describe(name: string, { settings }: Held): ConsumableDatasource {
  const { title, state = 'AUTHORIZED', reason = '' } = settings;
  return { name, ...(title && { title }), status: { state, reason } };
}

function isConsumer({ settings }: Held, pluginId: string): boolean {
  const { consumers = '*' } = settings;
  return consumers === '*' || consumers.includes(pluginId);
}

function assertAllowed(
  datasource: string,
  held: Held,
  pluginId: string,
  credentials?: BackstageCredentials,
) {
  const link = `${LINK}/${datasource}`;
  if (!isConsumer(held, pluginId)) {
    throw new DatasourceConsumerNotAllowedError(
      `Plugin '${pluginId}' is not among the consumers of datasource '${datasource}'`,
      { link },
    );
  }
  const { users } = held.settings;
  const userEntityRef = userOf(credentials);
  if (users && userEntityRef && !users.includes(userEntityRef)) {
    throw new DatasourceConsumerNotAllowedError(
      `'${userEntityRef}' may not use datasource '${datasource}'`,
      { link },
    );
  }
}

function assertState(datasource: string, { settings }: Held) {
  const options = { link: `${LINK}/${datasource}` };
  const because = settings.reason ? `: ${settings.reason}` : '';
  switch (settings.state) {
    case 'NOT_CONFIGURED':
      throw new DatasourceNotConfiguredError(
        `Datasource '${datasource}' is not configured${because}`,
        options,
      );
    case 'NOT_AUTHORIZED':
      throw new DatasourceNotAuthorizedError(
        `Datasource '${datasource}' is not authorized${because}`,
        options,
      );
    case 'ERROR':
      throw new DatasourceUnavailableError(
        `The provider of datasource '${datasource}' can't be reached now${because}`,
        options,
      );
    default:
  }
}
