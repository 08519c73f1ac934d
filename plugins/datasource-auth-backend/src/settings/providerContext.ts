import { redirectUriFor } from './redirectUri';
import { ProviderContext } from './ResolvedSettings';
import { SecretSource } from './mergeWrite';
import { resolveSettings } from './secrets';
import { oauthOf } from './oauthOf';

/**
 * Returns what a call to the provider needs.
 *
 * @param kept - fields of earlier responses that templates may use
 */
export function providerContextOf(
  { settings, secrets }: SecretSource,
  callbackUrl: string,
  kept: Record<string, string> = {},
): ProviderContext {
  return {
    name: settings.name,
    ...resolveSettings(settings, secrets),
    kept,
    redirectUri: redirectUriFor(
      callbackUrl,
      settings.name,
      oauthOf(settings).redirectUri,
    ),
  };
}
