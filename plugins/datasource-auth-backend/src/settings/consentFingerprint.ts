import {
  apiOrigins,
  oauth2Settings,
  VALUE_MAPS,
} from 'backstage-plugin-datasource-auth-common';
import { bindingOf, canonical, requestedOf } from './binding';
import { BareSettings, Secrets } from './secrets';

/** A datasource with its secrets. */
export interface ConsentSource {
  record: { settings: BareSettings };
  secrets: Secrets;
}

/**
 * Returns, as one text, what a user agrees to by authorizing with these settings: the provider, the requested access,
 * where the tokens are sent (the base URL with its path and query, and everything else in a call), and which plugins
 * get them. An approval request is valid only for the terms it was made for. Its title can change in the meantime; its
 * plugins can't.
 *
 * The base URL and the request can hold secret values, so the text does too: only its keyed hash leaves memory. Secrets
 * that prove the same client or user are left out.
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
    authorize: oauth2Settings(auth)?.authorize,
    requested: requestedOf(settings),
    baseUrl: settings.baseUrl,
    api: settings.api,
    origins: [...apiOrigins(settings)].sort(),
    consumers: consumers === '*' ? consumers : [...consumers].sort(),
    routes: gateway?.routes,
    subjects: settings.subjects,
    values: Object.fromEntries(values),
  });
}
