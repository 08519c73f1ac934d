import { useMemo } from 'react';
import { FetchApi, fetchApiRef, useApi } from '@backstage/core-plugin-api';
import {
  DATASOURCE_NAME_PATTERN,
  DatasourceAuthError,
  GATEWAY_RESPONSE_HEADER,
  readGatewayPath,
  renderMessages,
} from 'backstage-plugin-datasource-auth-common';
import { readError } from '../client/readError';

/**
 * Calls the API of a datasource. `path` is relative to its base URL and may have a query. Escape user input:
 * `/users/${encodeURIComponent(id)}`.
 *
 * Resolves with the API's response, whatever its status. Rejects with a `DatasourceAuthError`, whose `code` is stable,
 * if the API wasn't called or didn't respond.
 *
 * @public
 */
export type DatasourceFetch = (
  path: string,
  init?: RequestInit,
) => Promise<Response>;

/**
 * A fetch that goes to the API of a datasource through the gateway, which attaches the token: the browser never sees it.
 * The datasource has to open what is called (`gateway.routes`), and the user needs the permission
 * `datasource-auth.datasource.use`.
 *
 * @example
 * ```ts
 * const fetchIncidents = useDatasourceFetch('pagerduty');
 * const response = await fetchIncidents('/incidents?limit=5');
 * if (!response.ok) throw new Error(`PagerDuty returned ${response.status}`);
 * ```
 *
 * @public
 */
export function useDatasourceFetch(name: string): DatasourceFetch {
  const fetchApi = useApi(fetchApiRef);
  return useMemo(() => datasourceFetch(name, fetchApi), [name, fetchApi]);
}

function datasourceFetch(name: string, fetchApi: FetchApi): DatasourceFetch {
  return async (path, init) => {
    const response = await fetchApi.fetch(gatewayUrl(name, path), init);
    const isOfTheApi =
      response.ok || response.headers.get(GATEWAY_RESPONSE_HEADER) === 'api';
    if (!isOfTheApi) throw await readError(response);
    return response;
  };
}

/**
 * Checked here as well as in the gateway: the browser would resolve dot segments, and send the user's token to another
 * part of Backstage.
 */
function gatewayUrl(name: string, path: string): string {
  if (!DATASOURCE_NAME_PATTERN.test(name)) {
    throw refused(`${JSON.stringify(name)} isn't a datasource name`);
  }
  const [beforeQuery] = path.split('?', 1);
  const query = path.slice(beforeQuery.length);
  // The gateway decides whether a route allows an encoded slash
  const read = readGatewayPath(beforeQuery.replace(/^(?!\/)/, '/'), {
    encodedSlash: true,
  });
  const fault = query.includes('#')
    ? 'it contains a fragment'
    : read.fault && renderMessages([read.fault]);
  if (fault) {
    throw refused(
      `The path ${JSON.stringify(path.slice(0, 100))} is refused: ${fault}`,
    );
  }
  return `plugin://datasource-auth/gateway/${name}${read.path}${query}`;
}

function refused(message: string): DatasourceAuthError {
  return new DatasourceAuthError(message, {
    code: 'invalid_request',
    statusCode: 400,
  });
}
