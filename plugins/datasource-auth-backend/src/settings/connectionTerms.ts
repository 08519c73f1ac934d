import { createHash } from 'node:crypto';
import {
  apiOrigins,
  ConnectionTerms,
  fillInstance,
  matchGatewayRoutes,
  oauth2Settings,
} from 'backstage-plugin-datasource-auth-common';
import { canonical } from './binding';
import { mayConsume } from './consumers';
import { memoize } from './memoize';
import { BareSettings } from './secrets';

/** The terms as they are stored. */
export interface AgreedTerms extends ConnectionTerms {
  /** Digest of everything else that decides where a call goes. */
  calls: string;
}

/** Returns what a person agrees to by connecting their account under these settings. Callers share the result. */
export const connectionTermsOf = memoize(
  (settings: BareSettings): AgreedTerms => {
    const { baseUrl, instance, consumers, gateway, api } = settings;
    const scopes = oauth2Settings(settings.auth)?.scopes ?? [];
    return {
      baseUrl: baseUrl && fillInstance(baseUrl, instance),
      hosts: [...new Set([...apiOrigins(settings)].map(hostOf))].sort(),
      scopes: scopes.map(scope => fillInstance(scope, instance)),
      // The schema refuses "every plugin" here.
      consumers: consumers === '*' ? [] : [...consumers],
      routes: gateway?.routes ?? [],
      calls: createHash('sha256')
        .update(canonical({ baseUrl, instance, api }))
        .digest('base64url'),
    };
  },
);

/** Returns the terms as their person sees them. */
export function shownTerms(settings: BareSettings): ConnectionTerms {
  return withoutDigest(connectionTermsOf(settings));
}

/** Returns stored terms as their person sees them. */
export function withoutDigest({
  calls: _,
  ...terms
}: AgreedTerms): ConnectionTerms {
  return terms;
}

/** What a credential is used for. */
export interface PersonalUse {
  /** The plugin that gets the token or makes the call. Absent if people call the gateway themselves. */
  plugin?: string;
  /** The call, if it goes through the gateway. */
  call?: { method: string; path: string };
}

/**
 * Returns whether a person agreed to this use under the current settings. One plugin or route that was added later
 * doesn't end what the others may do.
 */
export function agreesTo(
  terms: AgreedTerms,
  settings: BareSettings,
  { plugin, call }: PersonalUse,
): boolean {
  const now = connectionTermsOf(settings);
  return (
    terms.calls === now.calls &&
    now.hosts.every(host => terms.hosts.includes(host)) &&
    (plugin === undefined || mayConsume(terms, plugin)) &&
    (call === undefined ||
      matchGatewayRoutes(terms.routes)(call.method, call.path) !== undefined)
  );
}

/** Returns whether a person agreed to everything that the settings allow now. */
export function agreesToAll(
  terms: AgreedTerms,
  settings: BareSettings,
): boolean {
  const { consumers, routes } = connectionTermsOf(settings);
  return (
    agreesTo(terms, settings, {}) &&
    consumers.every(plugin => mayConsume(terms, plugin)) &&
    routes.every(route =>
      terms.routes.some(agreed => canonical(agreed) === canonical(route)),
    )
  );
}

/** An origin, or the bare host of an allowed host. */
function hostOf(origin: string): string {
  return origin.replace(/^[a-z]*:?\/\//, '');
}
