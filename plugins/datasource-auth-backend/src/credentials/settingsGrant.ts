import { createHash, randomUUID } from 'node:crypto';
import { apiOrigins } from 'backstage-plugin-datasource-auth-common';
import { kindOnTheWire } from '../kinds';
import { canonical, isFor, requestedOf } from '../settings/binding';
import { memoize } from '../settings/memoize';
import { coversOrigins } from '../settings/origins';
import { BareSettings, Secrets } from '../settings/secrets';
import { CredentialRow } from './CredentialRow';
import { Grant } from './CredentialStore';
import { SealedTokens, TokenPayload } from './SealedTokens';

/** Settings that contain the whole credential. */
export interface SettingsSource {
  settings: BareSettings;
  binding: string;
  secrets: Secrets;
}

/** Stored encrypted, to detect a changed secret. */
const digestOf = memoize((secrets: Secrets): string =>
  createHash('sha256')
    .update(canonical(Object.fromEntries(secrets)))
    .digest('base64url'),
);

/**
 * Returns the row of a credential in the settings. It doesn't contain the credential, but says that it may be used with
 * these secrets and destinations.
 */
export function settingsGrant(
  tokens: SealedTokens,
  { settings, binding, secrets }: SettingsSource,
): Grant {
  const credentialId = randomUUID();
  const origins = [...apiOrigins(settings)];
  return {
    credentialId,
    binding,
    requested: requestedOf(settings),
    apiOrigins: origins,
    tokens: {
      sealed: tokens.seal(
        {
          accessToken: '',
          tokenType: '',
          kept: {},
          apiOrigins: origins,
          secrets: digestOf(secrets),
        },
        { credentialId, column: 'sealed', binding },
      ),
      hasRefreshToken: false,
      age: 0,
      expiresAt: kindOnTheWire(settings.auth).endOf(settings.auth),
    },
  };
}

/** Returns whether a row is for exactly these settings and secrets. */
export function isGrantOf(
  { settings, binding, secrets }: SettingsSource,
  row: CredentialRow,
  payload: TokenPayload | undefined,
): boolean {
  return (
    row.state === 'live' &&
    row.expiresAt === kindOnTheWire(settings.auth).endOf(settings.auth) &&
    payload?.secrets === digestOf(secrets) &&
    isFor({ binding, settings }, row) &&
    coversOrigins(settings, row)
  );
}
