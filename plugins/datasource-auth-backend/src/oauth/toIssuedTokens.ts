import { TOKEN_MEMBERS } from 'backstage-plugin-datasource-auth-common';
import { readPath } from './responseBody';
import { readExpiry, readRefreshExpiry } from './expiry';
import { isReadable } from './legibility';
import { IssuedTokens } from './ProviderClient';
import { DpopKey, ProviderContext } from '../settings/ResolvedSettings';
import { credentialsIn } from './tokenValues';

/**
 * Returns the result of an exchange: tokens and scope as validated by the library, and times and kept fields from the
 * original response.
 */
export function toIssuedTokens(options: {
  context: ProviderContext;
  tokens: {
    accessToken: string;
    refreshToken?: string;
    tokenType: string;
    dpopKey?: DpopKey;
    scope?: string;
  };
  /** The original response. */
  body: unknown;
  requestedAt: number;
  clockSkew?: number;
  account?: string;
}): IssuedTokens {
  const { context, tokens, body, requestedAt, clockSkew, account } = options;
  const { auth } = context;
  return {
    ...tokens,
    requestedAt,
    expiresAt: readExpiry(body, auth, {
      requestedAt,
      clockSkew,
      accessToken: tokens.accessToken,
    }),
    refreshExpiresAt: readRefreshExpiry(body, auth, requestedAt),
    kept: {
      ...context.kept,
      ...keptMembers(body, auth.response.keep ?? [], credentialsIn(body, auth)),
    },
    account,
    clockSkew,
  };
}

/**
 * Returns the fields to keep by their configured paths. Excludes tokens, by name and by value, and values that can't be
 * decoded, because kept values are filled into URLs and headers later.
 */
export function keptMembers(
  body: unknown,
  paths: readonly string[],
  secrets: readonly (string | undefined)[] = [],
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const path of paths) {
    const value = readPath(body, path);
    const name = path.split('.').pop() ?? '';
    if (!['string', 'number', 'boolean'].includes(typeof value)) continue;
    const text = String(value);
    if (!isReadable(text)) continue;
    if (TOKEN_MEMBERS.includes(name) || secrets.includes(text)) continue;
    kept[path] = text.slice(0, 4_000);
  }
  return kept;
}
