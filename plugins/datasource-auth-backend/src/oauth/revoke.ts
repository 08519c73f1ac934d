import { ResponseBody } from './responseBody';
import { TranslatedResponse } from './DialectFetch';
import { readProviderError } from './providerError';
import { ResolvedAuth } from '../settings/ResolvedSettings';

/**
 * Puts the answer of a revocation endpoint as RFC 7009 section 2.2 has it: any success is 200, and a token that is
 * invalid already is revoked, whether the server says so with a 200 or, against the RFC, with an error. A type of token
 * that cannot be revoked (section 2.2.1) is nothing that trying again would change.
 */
export function translateRevocation(
  status: number,
  body: ResponseBody,
  auth: ResolvedAuth,
): TranslatedResponse {
  const found =
    body.value === undefined
      ? undefined
      : readProviderError(status, body.value, auth);
  const done =
    (status >= 200 && status < 300) ||
    (status < 500 &&
      /^(invalid_token|unsupported_token_type|token_not_found)$/.test(
        found?.error ?? '',
      ));
  if (done) return { status: 200, body: {}, facts: {} };
  return {
    status,
    body: found ? { error: found.error } : {},
    facts: {
      error: found?.error,
      errorDescription: found?.description,
      errorConfigured: found?.configured,
      html: body.kind === 'html',
    },
  };
}
