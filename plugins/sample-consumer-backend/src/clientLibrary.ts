import { DatasourceAuthService } from 'backstage-plugin-datasource-auth-node';

/** For a library with a `fetch` option. */
export function fetchOf(tokens: DatasourceAuthService, datasource: string) {
  return (url: string | URL, init?: RequestInit): Promise<Response> =>
    tokens.fetch({ datasource }, url, init);
}

/** For a library that requests a token before each call: a `TokenCredential`, as in Azure clients. */
export function credentialOf(
  tokens: DatasourceAuthService,
  datasource: string,
) {
  return {
    async getToken() {
      const { accessToken } = await tokens.getToken({ datasource });
      if (accessToken === undefined)
        throw new Error(`Datasource '${datasource}' has no access token`);
      // Such a library caches the token. A short expiry makes it ask again a minute later, when the token may
      // have been revoked.
      return { token: accessToken, expiresOnTimestamp: Date.now() + 60_000 };
    },
  };
}
