import { OAuth2Client, OAuth2Fetch } from '@badgateway/oauth2-client';

/**
 * The most similar client library: it keeps a token in memory and refreshes it after expiry, once for all
 * callers of its process.
 */
export const PEER = '`OAuth2Fetch` of `@badgateway/oauth2-client`';

/** Its memory with one token. @param expiresAt - epoch milliseconds */
export function peerTokens(options: {
  provider: string;
  expiresAt: number;
}): OAuth2Fetch {
  const { provider, expiresAt } = options;
  return new OAuth2Fetch({
    client: new OAuth2Client({
      server: provider,
      clientId: 'bench',
      clientSecret: 'bench-secret',
      tokenEndpoint: '/token',
    }),
    getNewToken: () => null,
    getStoredToken: () => ({
      accessToken: crypto.randomUUID(),
      refreshToken: crypto.randomUUID(),
      expiresAt,
    }),
    scheduleRefresh: false,
  });
}
