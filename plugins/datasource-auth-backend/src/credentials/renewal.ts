import { durationToMilliseconds } from '@backstage/types';
import {
  fillInstance,
  apiOrigins,
  GRANTS,
} from 'backstage-plugin-datasource-auth-common';
import { LoadedDatasource } from '../datasources/Datasources';
import { BareSettings } from '../settings/secrets';
import { isRenewable } from '../settings/status';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';

/** Codes with which a host is not there at all. */
const UNREACHABLE = ['connect', 'dns', 'timeout'];

/** When a credential of these settings is renewed, and where it may go. */
export function renewalOf(settings: BareSettings) {
  const { refreshBeforeExpirySeconds } = settings.auth;
  return {
    ...(refreshBeforeExpirySeconds !== undefined && {
      beforeExpiry: refreshBeforeExpirySeconds * 1000,
    }),
    usesRefreshToken: usesRefreshToken(settings),
    idleEvery: idleEveryOf(settings),
    apiOrigins: [...apiOrigins(settings)],
    renewable: (hasRefreshToken: boolean) =>
      isRenewable(settings, { hasRefreshToken }),
  };
}

/** Client credentials and password run again; authorization code refreshes. `refresh.mode` says otherwise. */
export function usesRefreshToken({ auth }: BareSettings): boolean {
  return (
    (auth.refresh?.mode ?? GRANTS[auth.grantType].renewal) === 'refresh_token'
  );
}

/** The host that renews, with the values of the instance: those who share a provider's name need not share its fate. */
export function hostOfProvider(datasource: LoadedDatasource): string {
  const { auth, instance } = datasource.record.settings;
  const url = auth.refresh?.url || auth.token.url || '';
  return fillInstance(url, instance).split('/')[2] ?? '';
}

/**
 * Whether a failure came from a provider that is there: what it says is no reason to leave its host alone. Nothing where
 * the failure says nothing of the host.
 */
export function hostResponded(error: OAuthExchangeError): boolean | undefined {
  const { diagnosis, outcome } = error;
  if (outcome === 'refused') return true;
  if (outcome === 'answered') return (diagnosis.details.status ?? 0) < 500;
  if (outcome === 'silent') return false;
  return UNREACHABLE.includes(diagnosis.code) ? false : undefined;
}

/** Client errors that pass by themselves: request timeout, too early, too many requests. */
const MAY_PASS = [408, 425, 429];

/**
 * Whether the provider refused what was presented, so that presenting it again would be wrong. For a password every other
 * client error counts: servers refuse one in many words, and each retry brings the account closer to being locked.
 *
 * @param withPassword - whether a password was presented
 */
export function isRefusal(
  error: OAuthExchangeError,
  withPassword: boolean,
): boolean {
  if (error.outcome === 'refused') return true;
  const { status = 0 } = error.diagnosis.details;
  return (
    withPassword && status >= 400 && status < 500 && !MAY_PASS.includes(status)
  );
}

function idleEveryOf({ auth }: BareSettings): number | undefined {
  return durationToMilliseconds(auth.refresh?.idleEvery ?? {}) || undefined;
}
