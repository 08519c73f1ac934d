import { createHash } from 'node:crypto';
import { useOrigins } from 'backstage-plugin-datasource-auth-common';
import { bindingOf, canonical } from '../datasources/binding';
import { BareSettings } from '../datasources/secrets';

/**
 * What somebody agrees to who authorizes with these settings, as a hash: where he is sent and what is asked of him, where
 * the tokens go, and who may take them. A request stands for the terms under which it was made and for no others: a title
 * may be put right in the meantime, a plugin may not be added.
 */
export function termsOf(settings: BareSettings): string {
  const { auth, consumers, gateway } = settings;
  return createHash('sha256')
    .update(
      canonical({
        binding: bindingOf(settings),
        authorize: auth.authorize,
        scopes: auth.scopes,
        scopeSeparator: auth.scopeSeparator,
        origins: [...useOrigins(settings)].sort(),
        consumers: consumers === '*' ? consumers : [...consumers].sort(),
        routes: gateway?.routes,
      }),
    )
    .digest('base64url');
}
