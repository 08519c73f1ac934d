import { createHash, randomUUID } from 'node:crypto';
import { apiOrigins } from 'backstage-plugin-datasource-auth-common';
import { kindOnTheWire } from '../kinds';
import { mintsTokens, signingProblem } from '../kinds/mintedToken';
import { canonical, isFor, requestedOf } from '../settings/binding';
import { memoize } from '../settings/memoize';
import { coversOrigins } from '../settings/origins';
import { CredentialKey } from '../database/CredentialKey';
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

const digestOfSecrets = memoize((secrets: Secrets) =>
  digest(Object.fromEntries(secrets)),
);
const digestOfAuth = memoize((auth: BareSettings['auth']) => digest(auth));

/** Kept encrypted, to notice a changed secret, and where something is signed, whatever changes that. */
function digestOf({ settings: { auth }, secrets }: SettingsSource): string {
  const ofSecrets = digestOfSecrets(secrets);
  return mintsTokens(auth) ? `${ofSecrets} ${digestOfAuth(auth)}` : ofSecrets;
}

function digest(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('base64url');
}

/**
 * Returns the row of a credential in the settings. It doesn't contain the credential, but says that it may be used with
 * these secrets and destinations.
 */
export async function settingsGrant(
  key: CredentialKey,
  tokens: SealedTokens,
  source: SettingsSource,
): Promise<Grant> {
  const { settings, binding } = source;
  const credentialId = randomUUID();
  const origins = [...apiOrigins(settings)];
  const problem = await signingProblem(source);
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
          secrets: digestOf(source),
        },
        { key, credentialId, column: 'sealed', binding },
      ),
      hasRefreshToken: false,
      age: 0,
      expiresAt: kindOnTheWire(settings.auth).endOf(settings.auth),
    },
    lastError: problem && { ...problem, at: Date.now(), attempts: 1 },
  };
}

/** Returns whether a row is for exactly these settings and secrets. */
export function isGrantOf(
  source: SettingsSource,
  row: CredentialRow,
  payload: TokenPayload | undefined,
): boolean {
  const { settings, binding } = source;
  return (
    row.state === 'live' &&
    row.expiresAt === kindOnTheWire(settings.auth).endOf(settings.auth) &&
    payload?.secrets === digestOf(source) &&
    isFor({ binding, settings }, row) &&
    coversOrigins(settings, row)
  );
}
