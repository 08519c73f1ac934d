import { Forwarding } from './Forwarding';
import { GatewayCall } from './GatewayCall';
import { targetAt } from './GatewayTarget';
import { requestHeaders } from './requestHeaders';
import { setResponseHeaders } from './responseHeaders';

/**
 * Forwards calls on the open routes below the base URL.
 *
 * @param gatewayPath - path of the datasource's gateway, for `Location` headers
 */
export function gatewayForwarding(
  call: GatewayCall,
  gatewayPath: string,
): Forwarding {
  return {
    routeOf: opened => `gateway ${opened.routeOf(call)}`,
    placeOf: address => ({
      origin: address.origin,
      target: targetAt(address, call),
    }),
    headersOf: (own, { contentLength, isRead }) =>
      requestHeaders(call.request.headers, own, contentLength, { isRead }),
    respond: (received, { address, place }) =>
      setResponseHeaders(call.response, received, {
        ...{ address, gatewayPath },
        target: place.target,
      }),
  };
}
