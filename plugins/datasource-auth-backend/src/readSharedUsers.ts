import { Config } from '@backstage/config';
import { canonicalUser } from './database/CredentialKey';

/** The user of Backstage's guest provider, unless it is configured. */
const GUEST = 'user:development/guest';
const GUEST_PROVIDER = 'auth.providers.guest';
const SETTING = 'datasourceAuth.people.sharedUsers';

/**
 * Returns the users that several people share: everybody's guest, and those that the configuration names.
 *
 * @throws Error if an entry isn't the ref of a user
 */
export function readSharedUsers(root: Config): string[] {
  const provider = root.getOptional(GUEST_PROVIDER);
  const guests = [
    root.getOptional(`${GUEST_PROVIDER}.userEntityRef`),
    // Providers can be configured for each environment.
    ...Object.values(
      typeof provider === 'object' && provider !== null ? provider : {},
    ).map(environment =>
      typeof environment === 'object' && environment !== null
        ? (environment as { userEntityRef?: unknown }).userEntityRef
        : undefined,
    ),
  ].filter(ref => typeof ref === 'string');
  const named = root.getOptionalStringArray(SETTING) ?? [];
  const refs = [GUEST, ...guests, ...named].map(ref => {
    const user = canonicalUser(ref);
    if (user) return user;
    throw new Error(
      `${SETTING} and ${GUEST_PROVIDER} must name users, for example: user:default/kiosk. Not: '${ref}'`,
    );
  });
  return [...new Set(refs)];
}
