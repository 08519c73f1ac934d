import { filledAssertion } from '../oauth/filledAssertion';
import { callOrigins } from '../settings/apiAddress';
import { resolveSettings } from '../settings/secrets';
import { SettingsError } from '../settings/SettingsError';
import { lifetimeOf, signJwt } from '../signing/signJwt';
import { KindOnTheWire } from './KindOnTheWire';

/** A JWT that is signed here, as a bearer token (RFC 6750 section 2.1). */
export const jwt: KindOnTheWire<'jwt'> = {
  credential: (_source, { accessToken }) => ({
    headers: { Authorization: `Bearer ${accessToken}` },
    query: {},
    secrets: [accessToken],
  }),
  mint: async ({ settings, secrets }, values, now, signers) => {
    const { assertion } = resolveSettings(settings, secrets).auth;
    const filled = filledAssertion(assertion!, values);
    const { issuer, subject, audience, signer } = filled;
    const origins = callOrigins({ settings, secrets });
    if (signer && !origins) {
      throw new SettingsError('signerNeedsBaseUrl', { signer });
    }
    const accessToken = await signJwt(
      filled,
      // An empty string omits the audience.
      { iss: issuer, sub: subject, aud: audience || undefined },
      now,
      { datasource: settings.name, origins: origins ?? [], signers },
    );
    return { accessToken, lifetime: lifetimeOf(filled) };
  },
  rejectedStatuses: auth => auth.rejectedStatuses,
  // Each JWT has its own end; what signs them has none.
  endOf: () => undefined,
  expiringSecret: () => undefined,
};
