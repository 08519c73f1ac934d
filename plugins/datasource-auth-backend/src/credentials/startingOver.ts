import { GRANTS } from 'backstage-plugin-datasource-auth-common';
import { isFor, needsPerson, requestedOf } from '../settings/binding';
import { coversOrigins } from '../settings/origins';
import { FoundCredential } from './CredentialReader';
import { Purpose } from './CredentialStore';

/** Where replicas may have different settings, none has a token requested anew sooner than this after the last request. */
const START_OVER_EVERY = 10_000;

/**
 * Whether a token is requested anew because settings changed, and nobody has to come for it. A token that went elsewhere
 * is left alone: a person decides, or the settings go back.
 */
export function startsOver({ datasource, row }: FoundCredential): boolean {
  const { record } = datasource;
  if (row.state === 'cleared' || isFor(record, row)) return false;
  const isSilent = !needsPerson(record.settings);
  // Replicas of a rollout would present their passwords in turn: only a change itself starts it, see RetryAfterChange.
  const { locksAccounts } = GRANTS[record.settings.auth.grantType];
  if (locksAccounts && row.state === 'refused') return false;
  if (!row.sealed) return isSilent || row.state === 'live';
  return (
    isSilent &&
    row.binding === record.binding &&
    coversOrigins(record.settings, row)
  );
}

/**
 * Replicas of a rollout declare different settings and would take the credential from each other at each call: each has it
 * for a while. What is stored in the database is the same for all. Milliseconds.
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
