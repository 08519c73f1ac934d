import {
  DiagnosisTexts,
  diagnosisTexts,
  message,
  Message,
} from 'backstage-plugin-datasource-auth-common';
import { ResponseError } from './responseErrorTexts';
import { issuerAdvice } from './issuerTexts';
import { cleanProviderText } from './providerText';

/** The parts of an error that describe an ID token. */
export interface LibraryFault {
  code: string;
  message: string;
  /** The library's facts. They contain all claims, of which only the issuer is shown. */
  details: { claims?: { iss?: unknown }; expected?: unknown };
}

/** The library's codes for an invalid ID token (OpenID Connect Core section 3.1.3.7). */
const CODES = new Set([
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_PARSE_ERROR',
]);

const WRONG_TIME = diagnosisTexts('idTokenExpired');

const BY_CLAIM: Record<string, DiagnosisTexts> = {
  nonce: withRemedy(
    diagnosisTexts('idTokenNonce'),
    message('sentence.removeIssuer'),
  ),
  aud: diagnosisTexts('idTokenAudience'),
  id_token: diagnosisTexts('idTokenMissing'),
  exp: WRONG_TIME,
  nbf: WRONG_TIME,
  iat: WRONG_TIME,
};

/** Explains why the library rejected an ID token, if it did. */
export function idTokenText(
  faults: readonly LibraryFault[],
  secrets: readonly string[],
): ResponseError | undefined {
  const fault = faults.find(
    ({ code, message: text }) =>
      CODES.has(code) || /\bJW[TES]\b|id_token|ID Token/.test(text),
  );
  if (!fault) return undefined;
  return { code: 'id_token_invalid', ...textOf(fault, secrets) };
}

function textOf(
  { message: text, details }: LibraryFault,
  secrets: readonly string[],
): Omit<ResponseError, 'code'> {
  const named = [...text.matchAll(/"(\w+)"/g)].map(([, name]) => name);
  const { claims, expected } = details;
  if (
    named.includes('iss') &&
    typeof claims?.iss === 'string' &&
    typeof expected === 'string'
  ) {
    const found = cleanProviderText(claims.iss, secrets);
    return {
      ...diagnosisTexts('idTokenIssuer', { expected, found }),
      ...issuerAdvice(expected, found),
    };
  }
  const claim = named.find(name => Object.hasOwn(BY_CLAIM, name));
  return claim
    ? BY_CLAIM[claim]
    : withRemedy(
        diagnosisTexts('idTokenInvalid'),
        message('sentence.removeIssuer'),
      );
}

function withRemedy(texts: DiagnosisTexts, more: Message): DiagnosisTexts {
  return { ...texts, remedy: [...texts.remedy, more] };
}
