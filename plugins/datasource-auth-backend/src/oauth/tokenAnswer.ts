import { TOKEN_MEMBERS } from 'backstage-plugin-datasource-auth-common';
import { readPath } from './answerBody';
import { readExpiry, readRefreshExpiry } from './expiry';
import { TokenAnswer } from './ProviderClient';
import { ProviderContext } from './ResolvedSettings';

/**
 * Puts together what an exchange yielded: the tokens and the scope that the library has let through, and times and kept
 * members out of the answer as it came.
 */
export function tokenAnswer(options: {
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
}): TokenAnswer {
  const { context, tokens, body, requestedAt, clockSkew, account } = options;
  const { auth } = context;
  const secrets = [tokens.accessToken, tokens.refreshToken];
  return {
    ...tokens,
    // Whoever points the scope at a token would have it shown.
    scope:
      tokens.scope && !secrets.includes(tokens.scope)
        ? tokens.scope
        : undefined,
    requestedAt,
    expiresAt: readExpiry(body, auth, {
      requestedAt,
      clockSkew,
      accessToken: tokens.accessToken,
    }),
    refreshExpiresAt: readRefreshExpiry(body, auth, requestedAt),
    kept: {
      ...context.kept,
      ...keptMembers(body, auth.response.keep ?? [], secrets),
    },
    account,
    clockSkew,
  };
}

/** The tokens in an answer, whatever is thought of it: a provider may repeat one in another member. */
export function tokensIn(
  body: unknown,
  { response }: ProviderContext['auth'],
): string[] {
  return [response.accessToken, response.refreshToken, ...TOKEN_MEMBERS]
    .map(path => readPath(body, path))
    .filter((value): value is string => typeof value === 'string');
}

/**
 * Members to keep, under the path by which they were found. Never a token, neither by its name nor by its value.
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
    if (TOKEN_MEMBERS.includes(name) || secrets.includes(text)) continue;
    kept[path] = text.slice(0, 4_000);
  }
  return kept;
}
