import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { databases } from './databases';
import { startDatasourceAuth } from './startDatasourceAuth';
import { json, LocalServer } from '../egress/__testUtils__/LocalServer';
import { rawRequest } from '../gateway/__testUtils__/rawRequest';
import { TestApi } from '../gateway/__testUtils__/TestApi';

const PREFIX = '/api/datasource-auth/gateway';

/**
 * Starts a backend with datasources that have gateway routes, their API, and a provider that numbers its tokens.
 *
 * @param settings - of each datasource, added to a complete client credentials grant
 */
export async function startGateway(
  settings: (api: string) => Record<string, JsonObject>,
  options: Omit<Parameters<typeof startDatasourceAuth>[0], 'knex'> = {},
) {
  const api = await TestApi.start();
  let issued = 0;
  const provider = await LocalServer.start((response, request) => {
    issued += 1;
    return json({
      access_token: `token-${issued}`,
      token_type: 'Bearer',
      expires_in: 3_600,
    })(response, request);
  });
  const knex: Knex = await databases.init('SQLITE_3');
  const app = await startDatasourceAuth({
    ...options,
    knex,
    datasourceAuth: {
      egress: { allow: ['127.0.0.1'], allowHttp: ['127.0.0.1'] },
      datasources: Object.fromEntries(
        Object.entries(settings(api.url)).map(([name, own]) => [
          name,
          {
            baseUrl: `${api.url}/base`,
            gateway: { routes: [{ methods: ['GET', 'POST'], path: '/**' }] },
            ...own,
            auth: {
              grantType: 'client_credentials',
              clientId: 'client',
              clientSecret: 'secret-of-the-client',
              token: { url: `${provider.url}/token` },
              ...(own.auth as JsonObject),
            },
          },
        ]),
      ),
    },
  });
  const jane = await app.userToken('user:default/jane');

  return {
    api,
    app,
    knex,
    provider,
    issued: () => issued,
    /** Calls as Jane, unless headers say otherwise. */
    call: (
      path: string,
      more: Omit<NonNullable<Parameters<typeof rawRequest>[2]>, 'headers'> & {
        headers?: Record<string, string>;
      } = {},
    ) =>
      rawRequest(app.url, `${PREFIX}${path}`, {
        ...more,
        headers: { authorization: `Bearer ${jane}`, ...more.headers },
      }),
    stop: async () => {
      await app.stop();
      await api.stop();
      await provider.stop();
    },
  };
}

/** The result of {@link startGateway}. */
export type RunningGateway = Awaited<ReturnType<typeof startGateway>>;

/** The error in a response of ours. */
export function errorOf(answer: { text: string }): {
  name: string;
  code?: string;
  message: string;
} {
  return JSON.parse(answer.text).error;
}
