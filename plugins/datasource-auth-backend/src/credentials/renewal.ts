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
import { CredentialRow } from './CredentialRow';
import { isUnexpired, TokenNeed } from './freshness';
import { oauthOf } from '../settings/oauthOf';

/** Codes for a host that can't be reached at all. */
const UNREACHABLE = ['connect', 'dns', 'timeout'];

/** Returns when a credential of these settings is refreshed, and where it may be sent. */
export function renewalOf(settings: BareSettings) {
  const { refreshBeforeExpirySeconds } = oauthOf(settings);
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

/**
 * Client credentials and password repeat the grant; authorization code refreshes. `refresh.mode` overrides this, and so
 * does a refresh that only prolongs the access token.
 */
export function usesRefreshToken(settings: BareSettings): boolean {
  const auth = oauthOf(settings);
  const { mode, keepsAccessToken } = auth.refresh ?? {};
  const byDefault = keepsAccessToken
    ? 'refresh_token'
    : GRANTS[auth.grantType].renewal;
  return (mode ?? byDefault) === 'refresh_token';
}

/**
 * Returns whether a refresh prolongs the access token without a refresh token. A token that expired or that the API
 * rejects can only be replaced.
 */
export function prolongsAccessToken(
  settings: BareSettings,
  row: CredentialRow,
  need: TokenNeed,
): boolean {
  const auth = oauthOf(settings);
  return (
    auth.refresh?.keepsAccessToken === true &&
    row.sealed !== undefined &&
    !row.hasRefreshToken &&
    isUnexpired(row, row.readAt) &&
    need.rejected === undefined
  );
}

/** Returns the host that refreshes, with instance values filled in: tenants of one provider can fail separately. */
export function hostOfProvider(datasource: LoadedDatasource): string {
  const { settings } = datasource.record;
  const { instance } = settings;
  const auth = oauthOf(settings);
  const url = auth.refresh?.url || auth.token.url || '';
  return fillInstance(url, instance).split('/')[2] ?? '';
}

/**
 * Returns whether a failure shows that the provider responded, so that calls to its host can continue. Undefined if the
 * failure says nothing about the host.
 */
export function hostResponded(error: OAuthExchangeError): boolean | undefined {
  const { diagnosis, outcome } = error;
  if (outcome === 'refused') return true;
  if (outcome === 'answered') return (diagnosis.details.status ?? 0) < 500;
  if (outcome === 'silent') return false;
  return UNREACHABLE.includes(diagnosis.code) ? false : undefined;
}

/** Temporary client errors: request timeout, too early, too many requests. */
const MAY_PASS = [408, 425, 429];

/**
 * Returns whether the provider refused what was presented, so that it must not be presented again. For a password every
 * other client error counts: servers use many codes, and each retry brings the account closer to being locked.
 *
 * @param withPassword - whether a password was presented
 */
export function isRefusal(
  error: OAuthExchangeError,
  withPassword: boolean,
): boolean {
  return error.outcome === 'refused' || (withPassword && isClientError(error));
}

/** Returns whether the same request fails again. */
export function isClientError(error: OAuthExchangeError): boolean {
  const { status = 0 } = error.diagnosis.details;
  return status >= 400 && status < 500 && !MAY_PASS.includes(status);
}

function idleEveryOf(settings: BareSettings): number | undefined {
  const { refresh } = oauthOf(settings);
  return durationToMilliseconds(refresh?.idleEvery ?? {}) || undefined;
}
