import { createHash } from 'node:crypto';
import { useOrigins } from 'backstage-plugin-datasource-auth-common';
import { bindingOf, canonical, requestedOf } from '../datasources/binding';
import { BareSettings } from '../datasources/secrets';

/**
 * Hashes what a person agrees to who authorizes with these settings: where they are sent and what they are asked for,
 * where the tokens go (the base URL with its path and query), and who can get them. A request is valid only for the terms
 * that it was made for: a title can change in the meantime, a consumer can't.
 */
export function termsOf(settings: BareSettings): string {
  const { auth, consumers, gateway } = settings;
  return createHash('sha256')
    .update(
      canonical({
        binding: bindingOf(settings),
        authorize: auth.authorize,
        requested: requestedOf(settings),
        baseUrl: settings.baseUrl,
        origins: [...useOrigins(settings)].sort(),
        consumers: consumers === '*' ? consumers : [...consumers].sort(),
        routes: gateway?.routes,
      }),
    )
    .digest('base64url');
}
