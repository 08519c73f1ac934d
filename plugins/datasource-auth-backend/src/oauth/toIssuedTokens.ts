import { TOKEN_MEMBERS } from 'backstage-plugin-datasource-auth-common';
import { readPath } from './responseBody';
import { readExpiry, readRefreshExpiry } from './expiry';
import { isReadable } from './legibility';
import { IssuedTokens } from './ProviderClient';
import { ProviderContext } from '../settings/ResolvedSettings';
import { credentialsIn } from './tokenValues';

/**
 * Puts together what an exchange yielded: the tokens and the scope that the library has let through, and times and kept
 * members out of the answer as it came.
 */
export function toIssuedTokens(options: {
  context: ProviderContext;
  tokens: {
    accessToken: string;
    refreshToken?: string;
    tokenType: string;
    scope?: string;
  };
  /** The answer as it came. */
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
 * Fields to keep, under the path by which they were found. Never a token, neither by its name nor by its value, and
 * nothing that cannot be read: it would be filled into URLs and headers later.
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
