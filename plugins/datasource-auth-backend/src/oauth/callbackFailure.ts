import { Diagnosis } from 'backstage-plugin-datasource-auth-common';
import { ResponseFacts } from './ResponseFacts';
import { CallbackError } from './callback';
import { subjectOf } from './contextValues';
import { diagnose } from './diagnose';
import { issuerAdvice } from './issuerTexts';
import { OAuthExchangeError } from './OAuthExchangeError';
import { cleanProviderText } from './providerText';
import { ProviderContext } from '../settings/ResolvedSettings';

const UNUSABLE = {
  title: "This approval can't be matched",
  cause: 'The provider sent the browser back without what belongs there.',
  remedy: 'Start again from the datasource.',
};

const NO_ISSUER = {
  title: 'The response names no issuer',
  cause:
    "The settings require the issuer in the response (iss), and the response doesn't have one. Nothing was stored.",
  remedy:
    "If the provider's documentation doesn't mention iss or RFC 9207, turn off 'Require the issuer in the response (iss)'. Otherwise tell your security team.",
};

/**
 * Explains a callback that yields no code. Nothing was sent to the provider by then.
 */
export function callbackFailure(
  error: unknown,
  options: {
    context: ProviderContext;
    facts: ResponseFacts;
    secrets: readonly string[];
    expectedIssuer?: string;
  },
): OAuthExchangeError {
  const { context, facts, secrets, expectedIssuer } = options;
  const known = error instanceof CallbackError ? error : undefined;
  if (!known || known.reason === 'error') {
    return diagnose({
      step: 'authorize',
      error,
      facts: {
        ...facts,
        error: known?.error,
        errorDescription: known?.errorDescription,
      },
      subject: subjectOf(context),
      auth: context.auth,
      secrets,
    });
  }
  let text: Omit<Diagnosis, 'code' | 'retryable' | 'details'> = UNUSABLE;
  if (known.reason === 'issuer_missing') text = NO_ISSUER;
  if (known.reason === 'issuer' && expectedIssuer) {
    const found =
      cleanProviderText(known.issuer ?? '', secrets) || 'an empty value';
    text = {
      title: 'Response from an unexpected issuer',
      cause: `Expected ${expectedIssuer}, got ${found}. Nothing was stored.`,
      ...issuerAdvice(expectedIssuer, found),
    };
  }
  return new OAuthExchangeError({
    diagnosis: {
      code: 'callback_invalid',
      ...text,
      retryable: false,
      details: { host: facts.host, endpoint: facts.endpoint, at: Date.now() },
    },
    outcome: 'answered',
  });
}
