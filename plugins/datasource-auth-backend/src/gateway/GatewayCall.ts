import { IncomingMessage, ServerResponse } from 'node:http';
import {
  DATASOURCE_NAME_PATTERN,
  DatasourceAuthError,
  readGatewayPath,
  Message,
  message,
} from 'backstage-plugin-datasource-auth-common';

/** One call to an API, before its body is read and its response starts. */
export interface ApiCall {
  /** Name of the datasource. */
  datasource: string;
  method: string;
  request: IncomingMessage;
  response: ServerResponse;
}

/** One call through the gateway. */
export interface GatewayCall extends ApiCall {
  /** Below the base URL, normalized by `readGatewayPath`, so that routes match what is sent. */
  path: string;
  /** With its question mark, as the caller sent it; empty if there is none. */
  query: string;
}

const TARGET = /^\/([^/?]+)([^?]*)(.*)$/s;
/** Characters of a query on the wire: visible ASCII except the fragment mark. */
const QUERY = /^[\x21-\x22\x24-\x7e]*$/;

/**
 * Parses `/{name}{path}?{query}` from the raw request target, not from what Express made of it: a path that is decoded
 * once is a different path.
 *
 * @param target - the request target below the gateway
 * @throws DatasourceAuthError `invalid_request`
 */
export function readGatewayCall(
  target: string,
  request: IncomingMessage,
  response: ServerResponse,
): GatewayCall {
  const [, datasource, beforeQuery, query] = TARGET.exec(target) ?? [];
  if (!datasource || !DATASOURCE_NAME_PATTERN.test(datasource)) {
    throw refused(message('error.gateway.target'));
  }
  // The route decides whether an encoded slash is allowed
  const read = readGatewayPath(beforeQuery === '' ? '/' : beforeQuery, {
    encodedSlash: true,
  });
  if (read.path === undefined) {
    throw refused(message('error.gateway.pathRefused', { reason: read.fault }));
  }
  if (!QUERY.test(query)) {
    throw refused(message('error.gateway.queryCharacters'));
  }
  const method = request.method ?? 'GET';
  return { datasource, method, path: read.path, query, request, response };
}

function refused(text: Message): DatasourceAuthError {
  return new DatasourceAuthError(text, {
    code: 'invalid_request',
    statusCode: 400,
  });
}
