import { IncomingHttpHeaders } from 'node:http';
import { ApiAddress, GatewayTarget } from './GatewayTarget';

/** What differs between calls through the gateway and calls of plugins through the backend. */
export interface Forwarding {
  /**
   * Returns the route that a rejection counts for.
   *
   * @throws DatasourceAuthError if the call isn't allowed
   */
  routeOf(opened: GatewayTarget): string;
  /**
   * Returns where the call goes.
   *
   * @throws DatasourceAuthError if it would leave the API
   */
  placeOf(address: ApiAddress): ApiPlace;
  /** Returns the request headers. Those of the credential replace the caller's. */
  headersOf(
    own: Readonly<Record<string, string>>,
    body: { contentLength?: string; isRead: boolean },
  ): Record<string, string>;
  /** Copies the API's headers to the response. */
  respond(
    received: IncomingHttpHeaders,
    at: { address: ApiAddress; place: ApiPlace },
  ): void;
}

/** An address at an API. */
export interface ApiPlace {
  origin: string;
  /** Path and query. */
  target: string;
}
