import { apiOrigins } from 'backstage-plugin-datasource-auth-common';
import { bindingOf, canonical, requestedOf } from './binding';
import { BareSettings, Secrets, VALUE_MAPS } from './secrets';

/** A datasource with its secrets. */
export interface ConsentSource {
  record: { settings: BareSettings };
  secrets: Secrets;
}

/**
 * Returns, as one text, what a person agrees to who authorizes with these settings: where they are sent and what they are
 * asked for, where the tokens go (the base URL with its path and query), and who can get them. A request is valid only
 * for the terms that it was made for: a title can change in the meantime, a consumer can't.
 *
 * A secret value can be a part of the base URL or of what is asked for, so that it counts, too: only a keyed hash of the
 * text leaves memory. What proves the same client or user doesn't count.
 */
export function consentFingerprint({
  record: { settings },
  secrets,
}: ConsentSource): string {
  const { auth, consumers, gateway } = settings;
  const values = [...secrets].filter(([path]) =>
    VALUE_MAPS.some(map => path.startsWith(`${map}.`)),
  );
  return canonical({
    binding: bindingOf(settings),
    authorize: auth.authorize,
    requested: requestedOf(settings),
    baseUrl: settings.baseUrl,
    origins: [...apiOrigins(settings)].sort(),
    consumers: consumers === '*' ? consumers : [...consumers].sort(),
    routes: gateway?.routes,
    values: Object.fromEntries(values),
  });
}
