import {
  GRANTS,
  oauth2Settings,
} from 'backstage-plugin-datasource-auth-common';
import { isFor, needsPerson, requestedOf } from '../settings/binding';
import { coversOrigins } from '../settings/origins';
import { FoundCredential } from './CredentialReader';
import { Purpose } from './CredentialStore';

/** Minimum time between two requests while replicas may have different settings. Milliseconds. */
const START_OVER_EVERY = 10_000;

/**
 * Returns whether changed settings require a new token that needs no user. A token that could now be sent elsewhere is
 * kept: a user decides, or the settings are restored.
 */
export function startsOver({ datasource, row }: FoundCredential): boolean {
  const { record } = datasource;
  const oauth = oauth2Settings(record.settings.auth);
  // A person connects again.
  if (!oauth || row.key.isPersonal) return false;
  if (row.state === 'cleared' || isFor(record, row)) return false;
  const isSilent = !needsPerson(record.settings);
  // Replicas of a rollout would present their passwords in turn. Only a change starts it, see RetryAfterChange.
  const { locksAccounts } = GRANTS[oauth.grantType];
  if (locksAccounts && row.state === 'refused') return false;
  if (!row.sealed) return isSilent || row.state === 'live';
  return (
    isSilent &&
    row.binding === record.binding &&
    coversOrigins(record.settings, row)
  );
}

/**
 * Replicas of a rollout declare different settings and would replace each other's credential on each call, so each
 * keeps it for a while. Datasources in the database are the same for all replicas. Milliseconds.
 */
export function restBeforeStartingOver({
  datasource,
  row,
}: FoundCredential): number {
  if (datasource.record.source !== 'config') return 0;
  return (row.presentedAt ?? 0) + START_OVER_EVERY - row.readAt;
}

/** What a token is obtained for. */
export function purposeOf({
  datasource,
}: Pick<FoundCredential, 'datasource'>): Purpose {
  const { binding, settings } = datasource.record;
  return { binding, requested: requestedOf(settings) };
}
