import { templateExpressions } from './templates';

/**
 * The templates for what a token request proves an identity with, and the parameter in which OAuth 2.0 sends each. They
 * are filled only where a token request has its own form.
 *
 * @public
 */
export const CREDENTIAL_TEMPLATES = {
  clientId: 'client_id',
  clientSecret: 'client_secret',
  username: 'username',
  password: 'password',
  code: 'code',
  codeVerifier: 'code_verifier',
  refreshToken: 'refresh_token',
  assertion: 'assertion',
} as const satisfies Record<string, string>;

/** One of {@link CREDENTIAL_TEMPLATES}. */
type CredentialTemplate = keyof typeof CREDENTIAL_TEMPLATES;

/**
 * The settings below `auth` that give a request its own form.
 *
 * @public
 */
export interface OwnRequestForm {
  /** Parts of the token request. */
  token?: {
    authorization?: unknown;
    basic?: unknown;
    body?: unknown;
    then?: unknown;
  };
  /** Parts of a refresh. */
  refresh?: { body?: unknown; then?: unknown };
}

/** Returns which of them these settings use. */
export function credentialTemplatesIn({
  token,
  refresh,
}: OwnRequestForm): CredentialTemplate[] {
  const { authorization, basic, body, then } = token ?? {};
  const text = JSON.stringify([
    ...[authorization, basic, body, then],
    ...[refresh?.body, refresh?.then],
  ]);
  const used = templateExpressions(text);
  return (Object.keys(CREDENTIAL_TEMPLATES) as CredentialTemplate[]).filter(
    name => used.includes(name),
  );
}
