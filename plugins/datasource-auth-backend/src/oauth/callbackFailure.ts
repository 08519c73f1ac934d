import { AnswerFacts } from './AnswerFacts';
import { CallbackError } from './callback';
import { subjectOf } from './contextValues';
import { diagnose } from './diagnose';
import { OAuthExchangeError } from './OAuthExchangeError';
import { cleanProviderText } from './providerText';
import { ProviderContext } from './ResolvedSettings';

const UNUSABLE = {
  title: "This approval can't be matched",
  cause: 'The provider sent the browser back without what belongs there.',
  remedy: 'Start again from the datasource.',
};

/**
 * Explains a callback that yields no code. Nothing was sent to the provider by then.
 */
export function callbackFailure(
  error: unknown,
  options: {
    context: ProviderContext;
    facts: AnswerFacts;
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
  let text = UNUSABLE;
  if (known.reason === 'issuer' || known.reason === 'issuer_missing') {
    const got = known.issuer
      ? cleanProviderText(known.issuer, secrets)
      : 'no issuer';
    text = {
      title: 'The answer came from another server',
      cause: `Expected ${expectedIssuer}, got ${got}. Nothing was stored.`,
      remedy: 'Check the issuer; if unexpected, tell your security team.',
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
