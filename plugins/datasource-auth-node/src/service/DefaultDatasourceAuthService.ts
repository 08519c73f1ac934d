import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import {
  ConsumableDatasource,
  DATASOURCE_NAME_PATTERN,
  DatasourceAuthError,
} from 'backstage-plugin-datasource-auth-common';
import { ApiCaller } from '../calls/ApiCaller';
import { DatasourceRequestInit } from '../calls/ApiRequest';
import { Connections, FetchUnder } from '../calls/Connections';
import { untilAborted } from '../calls/untilAborted';
import {
  ActingOptions,
  DatasourceAuthBackend,
} from '../tokens/DatasourceAuthBackend';
import { assertUnbound, DatasourceToken } from '../tokens/DatasourceToken';
import {
  HttpDatasourceAuthBackend,
  isPluginItself,
} from '../tokens/HttpDatasourceAuthBackend';
import { PluginRequestTokens } from '../tokens/PluginRequestTokens';
import { tokenKey, TokenKey } from '../tokens/TokenKey';
import { LoadToken, TokenMemory } from '../tokens/TokenMemory';
import {
  DatasourceAuthRequestOptions,
  DatasourceAuthService,
  DatasourceRef,
  DatasourceSubjectOptions,
  DelegateOptions,
  GetTokenOptions,
  OnStatusChangeOptions,
  ReportRejectedOptions,
  StatusSubscription,
} from './DatasourceAuthService';
import { StatusWatch } from './StatusWatch';

/**
 * Dependencies of the service when you create it without the reference.
 *
 * @public
 */
export interface DefaultDatasourceAuthServiceOptions {
  /** The consuming plugin's own: it identifies the caller. */
  auth: AuthService;
  /** Finds the datasource-auth backend. */
  discovery: DiscoveryService;
  /** Logs, at debug level, why reading a status failed. */
  logger?: LoggerService;
  /** Replaces the library's own fetch in tests. The backend's egress rules about addresses don't apply to it. */
  fetch?: typeof globalThis.fetch;
}

/**
 * Tokens are remembered for user entity refs up to this length. In Backstage, kind, namespace and name have up to 63
 * characters each.
 */
const LONGEST_REF = 500;

interface Parts {
  backend: DatasourceAuthBackend;
  fetchUnder: FetchUnder;
  logger?: LoggerService;
}

/** Milliseconds. */
function minValidityOf({ minValidity }: GetTokenOptions): number {
  return minValidity === undefined ? 0 : toMs(minValidity);
}

/**
 * The service that plugins get: it calls the datasource-auth backend over HTTP and remembers tokens. Each plugin has
 * its own instance, and with it its own remembered tokens.
 *
 * @public
 */
export class DefaultDatasourceAuthService implements DatasourceAuthService {
  readonly #backend: DatasourceAuthBackend;
  readonly #logger?: LoggerService;
  readonly #caller: ApiCaller;
  /** Tokens for the plugin itself, by datasource. */
  readonly #own = new TokenMemory();
  /** Tokens for users, by user and datasource: no user gets what another one was allowed. */
  readonly #users = new TokenMemory();

  /** Creates the service of one plugin. */
  static create(
    options: DefaultDatasourceAuthServiceOptions,
  ): DefaultDatasourceAuthService {
    const own = options.fetch;
    const connections = own
      ? { toBackend: own, toApis: () => own }
      : Connections.shared();
    return DefaultDatasourceAuthService.over({
      backend: new HttpDatasourceAuthBackend({
        discovery: options.discovery,
        tokens: new PluginRequestTokens({ auth: options.auth }),
        fetch: connections.toBackend,
      }),
      fetchUnder: connections.toApis,
      logger: options.logger,
    });
  }

  /**
   * Creates it without HTTP.
   *
   * @internal
   */
  static over(parts: Parts): DefaultDatasourceAuthService {
    return new DefaultDatasourceAuthService(parts);
  }

  private constructor(parts: Parts) {
    this.#backend = parts.backend;
    this.#logger = parts.logger;
    this.#caller = new ApiCaller({
      fetchUnder: parts.fetchUnder,
      callApi: options => this.#backend.callApi(options),
      tokens: {
        getToken: async options =>
          this.#freshToken(options) ?? this.#getToken(options),
        reportRejected: options => this.#reportRejected(options),
        noteAccepted: options => this.#noteAccepted(options),
      },
    });
  }

  /** {@inheritDoc DatasourceAuthService.getToken} */
  async getToken(options: GetTokenOptions): Promise<DatasourceToken> {
    // The hot path waits for nothing: one more promise would double its time
    const token = this.#freshToken(options) ?? (await this.#getToken(options));
    return assertUnbound(token, options.datasource);
  }

  /** Returns the plugin's own token if it can be served without any work. */
  #freshToken(options: GetTokenOptions): DatasourceToken | undefined {
    if (
      options.credentials !== undefined ||
      options.subject === 'user' ||
      options.delegation !== undefined ||
      options.context !== undefined ||
      options.signal?.aborted
    )
      return undefined;
    return this.#own.fresh(
      tokenKey(options.datasource),
      minValidityOf(options),
    );
  }

  async #getToken(options: GetTokenOptions): Promise<DatasourceToken> {
    const { memory, key, load } = this.#place(options);
    return untilAborted(options.signal, () =>
      memory.get(key, minValidityOf(options), load),
    );
  }

  /** {@inheritDoc DatasourceAuthService.fetch} */
  async fetch(
    options: DatasourceRef &
      DatasourceSubjectOptions &
      DatasourceAuthRequestOptions,
    path: string | URL,
    init?: DatasourceRequestInit,
  ): Promise<Response> {
    return this.#caller.fetch(options, path, init);
  }

  /** {@inheritDoc DatasourceAuthService.reportRejected} */
  async reportRejected(
    options: ReportRejectedOptions,
  ): Promise<DatasourceToken> {
    const token = await this.#reportRejected(options);
    return assertUnbound(token, options.datasource);
  }

  async #reportRejected(
    options: ReportRejectedOptions,
  ): Promise<DatasourceToken> {
    const { memory, key, load } = this.#place(options);
    return untilAborted(options.signal, () =>
      memory.reject(
        key,
        { version: options.version, route: options.route },
        load,
      ),
    );
  }

  /**
   * Reports that the API accepted a token, which matters only after it rejected one.
   */
  #noteAccepted(
    options: DatasourceRef &
      DatasourceSubjectOptions &
      DatasourceAuthRequestOptions & { version: string },
  ): void {
    const { memory, key } = this.#place(options);
    memory.accept(key, options.version);
  }

  /** {@inheritDoc DatasourceAuthService.delegate} */
  async delegate(options: DelegateOptions): Promise<string> {
    const { until, signal, ...asked } = options;
    const { datasource, credentials } = asked;
    assertName(datasource);
    assertUser(credentials);
    return untilAborted(signal, () =>
      this.#backend.delegate({
        ...asked,
        ...(until && { until: until.getTime() }),
      }),
    );
  }

  /** {@inheritDoc DatasourceAuthService.getStatus} */
  async getStatus(
    options: DatasourceRef &
      DatasourceSubjectOptions &
      DatasourceAuthRequestOptions,
  ): Promise<ConsumableDatasource> {
    const { datasource, credentials, signal } = options;
    assertName(datasource);
    const acting = personOf(options);
    return untilAborted(signal, () =>
      this.#backend.readDatasource({ datasource, credentials, ...acting }),
    );
  }

  /** {@inheritDoc DatasourceAuthService.list} */
  async list(
    options: DatasourceAuthRequestOptions = {},
  ): Promise<ConsumableDatasource[]> {
    const { credentials, signal } = options;
    return untilAborted(signal, () =>
      this.#backend.listDatasources({ credentials }),
    );
  }

  /** {@inheritDoc DatasourceAuthService.onStatusChange} */
  onStatusChange(
    options: OnStatusChangeOptions,
    listener: (datasource: ConsumableDatasource) => void | Promise<void>,
  ): StatusSubscription {
    const { datasource, every } = options;
    assertName(datasource);
    return StatusWatch.start({
      read: () => this.getStatus({ datasource }),
      listener,
      everyMs: every && durationToMilliseconds(every),
      logger: this.#logger,
    });
  }

  /** Returns where the tokens for these credentials are remembered, and how to request them. */
  #place(options: ActingOptions & { datasource: string }): {
    memory: TokenMemory;
    key: TokenKey;
    load: LoadToken;
  } {
    const { datasource, credentials } = options;
    assertName(datasource);
    const acting = personOf(options);
    const load: LoadToken = ({ minValidityMs, ...tried }) =>
      this.#backend.requestToken({
        datasource,
        ...(credentials && { credentials }),
        ...acting,
        ...(minValidityMs > 0 && {
          minValiditySeconds: Math.ceil(minValidityMs / 1000),
        }),
        ...tried,
      });
    // The backend answers each time: nothing of a person's own account stays here.
    if (acting)
      return { memory: new TokenMemory(), key: tokenKey(datasource), load };
    if (isPluginItself(credentials))
      return { memory: this.#own, key: tokenKey(datasource), load };
    const { userEntityRef } = credentials!.principal as {
      userEntityRef?: string;
    };
    // Not a user: an external service with restrictions, or none. The framework decides about each call. A ref
    // that is too long isn't remembered either.
    if (!userEntityRef || userEntityRef.length > LONGEST_REF)
      return { memory: new TokenMemory(), key: tokenKey(datasource), load };
    return {
      memory: this.#users,
      key: tokenKey(datasource, userEntityRef),
      load,
    };
  }
}

function assertName(datasource: string) {
  if (
    typeof datasource !== 'string' ||
    !DATASOURCE_NAME_PATTERN.test(datasource)
  ) {
    throw new DatasourceAuthError(
      `'${String(datasource).slice(0, 63)}' isn't the name of a datasource`,
      { code: 'invalid_request', statusCode: 400 },
    );
  }
}

/**
 * Returns how a call acts as a person, if it does.
 *
 * @throws DatasourceAuthError `invalid_request` for a half of it: the shared credential is no replacement
 */
function personOf({
  credentials,
  subject,
  delegation,
  context,
}: ActingOptions): ActingOptions | undefined {
  if (delegation !== undefined || context !== undefined) {
    if (delegation && context && !credentials && !subject)
      return { delegation, context };
    throw new DatasourceAuthError(
      'Pass delegation together with context, and without credentials and subject',
      { code: 'invalid_request', statusCode: 400 },
    );
  }
  if (subject !== 'user') return undefined;
  assertUser(credentials);
  return { subject };
}

function assertUser(credentials: BackstageCredentials | undefined) {
  const { type } = (credentials?.principal ?? {}) as { type?: string };
  if (type === 'user') return;
  throw new DatasourceAuthError('Pass the credentials of the user to act as', {
    code: 'invalid_request',
    statusCode: 400,
  });
}

function toMs(minValidity: number | HumanDuration): number {
  const ms =
    typeof minValidity === 'number'
      ? minValidity * 1000
      : durationToMilliseconds(minValidity);
  if (!(ms >= 0)) {
    throw new DatasourceAuthError(
      'minValidity must be a positive number of seconds, or a duration',
      { code: 'invalid_request', statusCode: 400 },
    );
  }
  return ms;
}
