import { DatasourceAuthService } from 'backstage-plugin-datasource-auth-node';

/** For a library that takes a `fetch`. */
export function fetchOf(tokens: DatasourceAuthService, datasource: string) {
  return (url: string | URL, init?: RequestInit): Promise<Response> =>
    tokens.fetch({ datasource }, url, init);
}

/** For a library that asks for a token before each call: a `TokenCredential`, as the clients of Azure want it. */
export function credentialOf(
  tokens: DatasourceAuthService,
  datasource: string,
) {
  return {
    async getToken() {
      const { accessToken } = await tokens.getToken({ datasource });
      if (accessToken === undefined)
        throw new Error(`Datasource '${datasource}' has no access token`);
      // Such a library keeps what it gets. So it asks again a minute later, and learns of a token that was withdrawn.
      return { token: accessToken, expiresOnTimestamp: Date.now() + 60_000 };
    },
  };
}
