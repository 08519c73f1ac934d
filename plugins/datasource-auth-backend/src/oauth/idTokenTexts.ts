import { ResponseError } from './responseErrorTexts';
import { issuerAdvice } from './issuerTexts';
import { cleanProviderText } from './providerText';

/** An error of the chain of causes, as far as it tells about an ID token. */
export interface LibraryFault {
  code: string;
  message: string;
  /** The library's facts: they hold all claims, of which only the issuer is shown. */
  details: { claims?: { iss?: unknown }; expected?: unknown };
}

/** The library's codes for an ID token that does not stand up to validation (OpenID Connect Core section 3.1.3.7). */
const CODES = new Set([
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_PARSE_ERROR',
]);

const WITHOUT_ID_TOKEN =
  'If the provider has no better one, remove the issuer: then the ID token is ignored.';

type Text = Omit<ResponseError, 'code'>;

const WRONG_TIME: Text = {
  title: 'The ID token is not valid now',
  cause: "The time in the ID token differs from this backend's clock.",
  remedy: "Set the clock of this backend, or have the provider's set.",
};

const BY_CLAIM: Record<string, Text> = {
  nonce: {
    title: 'The ID token has no valid nonce',
    cause:
      "The provider didn't return the nonce of this approval in the ID token.",
    remedy: `Start again. ${WITHOUT_ID_TOKEN}`,
  },
  aud: {
    title: 'The ID token is for another client',
    cause: "The audience of the ID token isn't the client ID.",
    remedy: 'Check the client ID.',
  },
  id_token: {
    title: 'The provider returned no ID token',
    cause:
      'With an issuer and the scope openid, the response must have an ID token.',
    remedy: 'Remove the issuer if the provider issues no ID tokens.',
  },
  exp: WRONG_TIME,
  nbf: WRONG_TIME,
  iat: WRONG_TIME,
};

/** Explains why the library refused an ID token, if it did. */
export function idTokenText(
  faults: readonly LibraryFault[],
  secrets: readonly string[],
): ResponseError | undefined {
  const fault = faults.find(
    ({ code, message }) =>
      CODES.has(code) || /\bJW[TES]\b|id_token|ID Token/.test(message),
  );
  if (!fault) return undefined;
  return { code: 'id_token_invalid', ...textOf(fault, secrets) };
}

function textOf(
  { message, details }: LibraryFault,
  secrets: readonly string[],
): Text {
  const named = [...message.matchAll(/"(\w+)"/g)].map(([, name]) => name);
  const { claims, expected } = details;
  if (
    named.includes('iss') &&
    typeof claims?.iss === 'string' &&
    typeof expected === 'string'
  ) {
    const found = cleanProviderText(claims.iss, secrets);
    return {
      title: 'The ID token names another issuer',
      cause: `Expected ${expected}, got ${found}. Nothing was stored.`,
      ...issuerAdvice(expected, found),
    };
  }
  const claim = named.find(name => Object.hasOwn(BY_CLAIM, name));
  return claim
    ? BY_CLAIM[claim]
    : {
        title: 'The ID token is invalid',
        cause: "The ID token can't be read, or lacks a required claim.",
        remedy: `Check the issuer. ${WITHOUT_ID_TOKEN}`,
      };
}
