import {
  ConsumableDatasource,
  DatasourceState,
} from 'backstage-plugin-datasource-auth-common';
// By the package's name, so that types exported by both entry points are the same for code that uses both.
import type {
  DatasourceAuthRequestOptions,
  DatasourceAuthService,
  DatasourceRef,
  DatasourceRequestInit,
  DatasourceSubjectOptions,
  DatasourceToken,
  DelegateOptions,
  GetTokenOptions,
  OnStatusChangeOptions,
  ReportRejectedOptions,
  StatusSubscription,
} from 'backstage-plugin-datasource-auth-node';
import { DefaultDatasourceAuthService } from '../service/DefaultDatasourceAuthService';
import {
  MockDatasource,
  MockDatasourceAuthBackend,
} from './MockDatasourceAuthBackend';

/**
 * What the mock contains.
 *
 * @public
 */
export interface MockDatasourceAuthServiceOptions {
  /** The datasources, by name. */
  datasources?: Record<string, MockDatasource>;
  /** Receives calls to an API without a mock; the global fetch by default, which mocking libraries intercept. */
  fetch?: typeof globalThis.fetch;
  /** The calling plugin, when you use the mock without a test backend. */
  pluginId?: string;
}

/**
 * The real service with a mocked backend: it remembers, refreshes, retries and refuses addresses as in production.
 * Tokens expire by the clock, so fake timers work. Changes by a test take effect at once.
 *
 * @public
 */
export class MockDatasourceAuthService implements DatasourceAuthService {
  readonly #backend: MockDatasourceAuthBackend;
  readonly #fetch: typeof fetch;
  readonly #pluginId: string;
  readonly #services = new Map<string, DefaultDatasourceAuthService>();

  /** Creates a mock; `mockDatasourceAuthService(options)` does the same. */
  constructor(options: MockDatasourceAuthServiceOptions = {}) {
    const { datasources = {}, pluginId = 'test' } = options;
    this.#fetch = async (input, init) => {
      const api = this.#backend.apiAt(String(input));
      if (api) return api(new Request(input, init));
      return (options.fetch ?? globalThis.fetch)(input, init);
    };
    this.#backend = new MockDatasourceAuthBackend(datasources, this.#fetch);
    this.#pluginId = pluginId;
  }

  /** Returns the service of a plugin, with that plugin's access. */
  forPlugin(pluginId: string): DatasourceAuthService {
    const of = () => this.#service(pluginId);
    return {
      getToken: options => of().getToken(options),
      fetch: (options, path, init) => of().fetch(options, path, init),
      reportRejected: options => of().reportRejected(options),
      delegate: options => of().delegate(options),
      getStatus: options => of().getStatus(options),
      list: options => of().list(options),
      onStatusChange: (options, listener) =>
        of().onStatusChange(options, listener),
    };
  }

  /** Sets the state of a datasource. `AUTHORIZED` issues a new token. */
  setState(datasource: string, state: DatasourceState, reason?: string): void {
    const held = this.#backend.held(datasource);
    held.settings = { ...held.settings, state, reason };
    if (state === 'AUTHORIZED') {
      held.renewalRefused = false;
      held.expiresAt = 0;
    }
    this.#services.clear();
  }

  /** Expires the current token. The next caller gets a new one. */
  expire(datasource: string): void {
    this.#backend.held(datasource).expiresAt = 0;
    this.#services.clear();
  }

  /**
   * Revokes the current token at the provider: {@link MockDatasourceAuthService.accepts} returns false for it, and
   * callers still get it until an API rejects it.
   */
  revoke(datasource: string): void {
    this.#backend.held(datasource).revoked = true;
  }

  /** Stops the provider from refreshing: the current token is served until it expires, then a user must authorize. */
  refuseRenewal(datasource: string): void {
    this.#backend.held(datasource).renewalRefused = true;
  }

  /** Ends the delegations of a datasource: users declined them or took them back, or they are over. */
  endDelegations(datasource: string): void {
    this.#backend.endDelegations(datasource);
  }

  /** Returns whether an API would accept this token now, for APIs that a test mocks. */
  accepts(datasource: string, accessToken: string): boolean {
    return this.#backend.accepts(datasource, accessToken);
  }

  /** Returns the tokens that were issued so far, oldest first. */
  issuedTokens(datasource: string): string[] {
    return [...this.#backend.held(datasource).issued];
  }

  /** See `DatasourceAuthService.getToken`. */
  async getToken(options: GetTokenOptions): Promise<DatasourceToken> {
    return this.#service(this.#pluginId).getToken(options);
  }

  /** See `DatasourceAuthService.fetch`. */
  async fetch(
    options: DatasourceRef &
      DatasourceSubjectOptions &
      DatasourceAuthRequestOptions,
    path: string | URL,
    init?: DatasourceRequestInit,
  ): Promise<Response> {
    return this.#service(this.#pluginId).fetch(options, path, init);
  }

  /** See `DatasourceAuthService.reportRejected`. */
  async reportRejected(
    options: ReportRejectedOptions,
  ): Promise<DatasourceToken> {
    return this.#service(this.#pluginId).reportRejected(options);
  }

  /** See `DatasourceAuthService.delegate`. */
  async delegate(options: DelegateOptions): Promise<string> {
    return this.#service(this.#pluginId).delegate(options);
  }

  /** See `DatasourceAuthService.getStatus`. */
  async getStatus(
    options: DatasourceRef &
      DatasourceSubjectOptions &
      DatasourceAuthRequestOptions,
  ): Promise<ConsumableDatasource> {
    return this.#service(this.#pluginId).getStatus(options);
  }

  /** See `DatasourceAuthService.list`. */
  async list(
    options?: DatasourceAuthRequestOptions,
  ): Promise<ConsumableDatasource[]> {
    return this.#service(this.#pluginId).list(options);
  }

  /** See `DatasourceAuthService.onStatusChange`. */
  onStatusChange(
    options: OnStatusChangeOptions,
    listener: (datasource: ConsumableDatasource) => void | Promise<void>,
  ): StatusSubscription {
    return this.#service(this.#pluginId).onStatusChange(options, listener);
  }

  #service(pluginId: string): DefaultDatasourceAuthService {
    let service = this.#services.get(pluginId);
    if (!service) {
      service = DefaultDatasourceAuthService.over({
        backend: this.#backend.forPlugin(pluginId),
        fetchUnder: () => this.#fetch,
      });
      this.#services.set(pluginId, service);
    }
    return service;
  }
}
