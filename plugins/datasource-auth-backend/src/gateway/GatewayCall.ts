import { IncomingMessage, ServerResponse } from 'node:http';
import {
  DATASOURCE_NAME_PATTERN,
  DatasourceAuthError,
  readGatewayPath,
} from 'backstage-plugin-datasource-auth-common';

/** One call through the gateway, whose body has not been read and whose answer has not begun. */
export interface GatewayCall {
  /** Name of the datasource. */
  datasource: string;
  method: string;
  /** Below the base URL, in the normal form of `readGatewayPath`: what is matched is what is sent. */
  path: string;
  /** With its question mark, as the caller wrote it; empty if there is none. */
  query: string;
  request: IncomingMessage;
  response: ServerResponse;
}

const TARGET = /^\/([^/?]+)([^?]*)(.*)$/s;
/** What a query may consist of on the wire: anything visible in ASCII but the mark of a fragment. */
const QUERY = /^[\x21-\x22\x24-\x7e]*$/;

/**
 * Reads `/{name}{path}?{query}` out of what was sent, and not out of what express made of it: decoded once, a path is
 * another one.
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
    throw refused(
      'Call /gateway/{name}/{path} with the name of a datasource and a path below its base URL',
    );
  }
  // Whether an encoded slash is let through is for the route to say
  const read = readGatewayPath(beforeQuery === '' ? '/' : beforeQuery, {
    encodedSlash: true,
  });
  if (read.path === undefined) {
    throw refused(`The path is refused: ${read.fault}`);
  }
  if (!QUERY.test(query)) {
    throw refused(
      'The query is refused: it contains a space, a control character, a fragment or a character outside ASCII; encode it',
    );
  }
  const method = request.method ?? 'GET';
  return { datasource, method, path: read.path, query, request, response };
}

function refused(message: string): DatasourceAuthError {
  return new DatasourceAuthError(message, {
    code: 'invalid_request',
    statusCode: 400,
  });
}
