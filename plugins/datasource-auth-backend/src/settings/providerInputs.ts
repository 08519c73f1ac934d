import { canonical } from './binding';
import { BareSettings, Secrets } from './secrets';
import { oauthOf } from './oauthOf';

/**
 * Returns everything that a provider checks in a token request, secrets included, as one text. Only its keyed hash
 * leaves memory.
 */
export function providerInputs({
  record,
  secrets,
}: {
  record: { binding: string; settings: BareSettings };
  secrets: Secrets;
}): string {
  const { scopes, scopeSeparator, resource, audience, token, refresh } =
    oauthOf(record.settings);
  return canonical({
    binding: record.binding,
    requested: { scopes, scopeSeparator, resource, audience },
    token,
    refresh: refresh?.params,
    secrets: Object.fromEntries(secrets),
  });
}
