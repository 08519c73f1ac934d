import {
  DiagnosisTexts,
  diagnosisTexts,
  fillInstance,
  message,
  ProposedFix,
  renderDiagnosis,
} from 'backstage-plugin-datasource-auth-common';
import { ResponseFacts } from './ResponseFacts';
import { CallbackError } from './callback';
import { subjectOf } from './contextValues';
import { diagnose } from './diagnose';
import { issuerAdvice } from './issuerTexts';
import { OAuthExchangeError } from './OAuthExchangeError';
import { cleanProviderText } from './providerText';
import { ProviderContext } from '../settings/ResolvedSettings';

/**
 * Explains a callback without a code. Nothing was sent to the provider yet.
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
  const subject = subjectOf(context);
  const { instance } = subject;
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
      subject,
      auth: context.auth,
      secrets,
    });
  }
  const { fix, ...texts } = textsOf(known, expectedIssuer, secrets);
  return new OAuthExchangeError({
    diagnosis: {
      code: 'callback_invalid',
      ...renderDiagnosis(texts),
      retryable: false,
      details: {
        host: fillInstance(facts.host, instance),
        endpoint: fillInstance(facts.endpoint, instance),
        at: Date.now(),
      },
      ...(fix && { fix }),
    },
    outcome: 'answered',
  });
}

function textsOf(
  { reason, issuer = '' }: CallbackError,
  expected: string | undefined,
  secrets: readonly string[],
): DiagnosisTexts & { fix?: ProposedFix } {
  if (reason === 'issuer_missing') return diagnosisTexts('issuerMissing');
  if (reason !== 'issuer' || !expected)
    return diagnosisTexts('callbackUnusable');
  const found = cleanProviderText(issuer, secrets);
  return {
    ...diagnosisTexts('issuerUnexpected', {
      expected,
      found: found || message('name.empty'),
    }),
    ...issuerAdvice(expected, found),
  };
}
