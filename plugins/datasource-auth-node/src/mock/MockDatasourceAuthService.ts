import {
  ConsumableDatasource,
  DatasourceState,
} from 'backstage-plugin-datasource-auth-common';
// By the name of the package: what both entry points export has to be one type for whoever uses both.
import type {
  DatasourceAuthRequestOptions,
  DatasourceAuthService,
  DatasourceRef,
  DatasourceRequestInit,
  DatasourceToken,
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
 * What there is in the pretended world.
 *
 * @public
 */
export interface MockDatasourceAuthServiceOptions {
  /** The datasources there are, by name. */
  datasources?: Record<string, MockDatasource>;
  /** Where calls to an API without a stand-in go; the global fetch unless told, which mocking libraries see. */
  fetch?: typeof globalThis.fetch;
  /** The plugin that asks, where the mock is used without a test backend. */
  pluginId?: string;
}

/**
 * The real service over a backend that is only pretended: it remembers, renews, retries and refuses addresses as in
 * production. A token expires by the clock, so that fake timers work; what a test changes takes effect at once.
 *
 * @public
 */
export class MockDatasourceAuthService implements DatasourceAuthService {
  readonly #backend: MockDatasourceAuthBackend;
  readonly #fetch: typeof fetch;
  readonly #pluginId: string;
  readonly #services = new Map<string, DefaultDatasourceAuthService>();

  /** Makes a mock; `mockDatasourceAuthService(options)` does the same. */
  constructor(options: MockDatasourceAuthServiceOptions = {}) {
    const { datasources = {}, pluginId = 'test' } = options;
    this.#backend = new MockDatasourceAuthBackend(datasources);
    this.#fetch = async (input, init) => {
      const api = this.#backend.apiAt(String(input));
      if (api) return api(new Request(input, init));
      return (options.fetch ?? globalThis.fetch)(input, init);
    };
    this.#pluginId = pluginId;
  }

  /** The service as a plugin gets it, by that plugin's rights. */
  forPlugin(pluginId: string): DatasourceAuthService {
    const of = () => this.#service(pluginId);
    return {
      getToken: options => of().getToken(options),
      fetch: (options, path, init) => of().fetch(options, path, init),
      reportRejected: options => of().reportRejected(options),
      getStatus: options => of().getStatus(options),
      list: options => of().list(options),
      onStatusChange: (options, listener) =>
        of().onStatusChange(options, listener),
    };
  }

  /** Gives a datasource another state. `AUTHORIZED` brings a new token. */
  setState(datasource: string, state: DatasourceState, reason?: string): void {
    const held = this.#backend.held(datasource);
    held.settings = { ...held.settings, state, reason };
    if (state === 'AUTHORIZED') {
      held.renewalRefused = false;
      held.expiresAt = 0;
    }
    this.#services.clear();
  }

  /** The current token ends now; who asks gets a new one. */
  expire(datasource: string): void {
    this.#backend.held(datasource).expiresAt = 0;
    this.#services.clear();
  }

  /**
   * The provider revokes the current token: {@link MockDatasourceAuthService.accepts} says no to it, and who asks still
   * gets it until an API rejects it.
   */
  revoke(datasource: string): void {
    this.#backend.held(datasource).revoked = true;
  }

  /** The provider renews no more: the current token is served as long as it lives, then a person has to authorize. */
  refuseRenewal(datasource: string): void {
    this.#backend.held(datasource).renewalRefused = true;
  }

  /** Whether an API would accept this token now: for the API that a test pretends. */
  accepts(datasource: string, accessToken: string): boolean {
    return this.#backend.accepts(datasource, accessToken);
  }

  /** The tokens that were issued so far, oldest first. */
  issuedTokens(datasource: string): string[] {
    return [...this.#backend.held(datasource).issued];
  }

  /** As `DatasourceAuthService.getToken`. */
  async getToken(options: GetTokenOptions): Promise<DatasourceToken> {
    return this.#service(this.#pluginId).getToken(options);
  }

  /** As `DatasourceAuthService.fetch`. */
  async fetch(
    options: DatasourceRef & DatasourceAuthRequestOptions,
    path: string | URL,
    init?: DatasourceRequestInit,
  ): Promise<Response> {
    return this.#service(this.#pluginId).fetch(options, path, init);
  }

  /** As `DatasourceAuthService.reportRejected`. */
  async reportRejected(
    options: ReportRejectedOptions,
  ): Promise<DatasourceToken> {
    return this.#service(this.#pluginId).reportRejected(options);
  }

  /** As `DatasourceAuthService.getStatus`. */
  async getStatus(
    options: DatasourceRef & DatasourceAuthRequestOptions,
  ): Promise<ConsumableDatasource> {
    return this.#service(this.#pluginId).getStatus(options);
  }

  /** As `DatasourceAuthService.list`. */
  async list(
    options?: DatasourceAuthRequestOptions,
  ): Promise<ConsumableDatasource[]> {
    return this.#service(this.#pluginId).list(options);
  }

  /** As `DatasourceAuthService.onStatusChange`. */
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
