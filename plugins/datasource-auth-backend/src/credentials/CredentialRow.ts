import { LastError } from 'backstage-plugin-datasource-auth-common';
import { Knex } from 'knex';
import { statementStartPlus, toNumber } from '../database/database';
import { CredentialKey } from '../database/CredentialKey';
import { shareEqual } from '../settings/shareEqual';

const LONGEST_ACCOUNT = 300;

/** A credential row. Times are epoch milliseconds of the database's clock. */
export interface CredentialRow {
  key: CredentialKey;
  /** One grant: a new id when the credential is replaced or cleared. */
  credentialId: string;
  /** +1 per stored token response. 0: nothing was stored yet. */
  generation: number;
  attemptId?: string;
  binding: string;
  /** Hash of what the token was requested with, see `requestedOf`; absent in a tombstone. */
  requested?: string;
  sealed?: string;
  sealedSpare?: string;
  /** What the person agreed to, if it is theirs. */
  sealedTerms?: string;
  /** `answered`: a further request has yet to get the token. What is sealed has the one before, if that is still used. */
  stage?: 'answered';
  apiOrigins: string[];
  scope?: string;
  account?: string;
  /** The user who approved it, if all plugins share it and that needs a user. */
  authorizedBy?: string;
  hasRefreshToken: boolean;
  obtainedAt?: number;
  expiresAt?: number;
  refreshExpiresAt?: number;
  refreshDueAt?: number;
  state: 'live' | 'refused' | 'cleared';
  reason?: string;
  stateChangedAt?: number;
  stateChangedBy?: string;
  lastError?: LastError;
  /** Fingerprint of the settings and secrets that failed: `Datasources.fingerprint`. */
  inputsHash?: string;
  attempts: number;
  nextAttemptAt?: number;
  leaseOwner?: string;
  leaseEpoch: number;
  leaseUntil?: number;
  presentedGeneration?: number;
  presentedAt?: number;
  verifiedAt?: number;
  lastUsedAt?: number;
  /** Its person left the catalog, or another one has their name: it isn't used. */
  suspended?: 'missing' | 'other_person';
  /** When the row was last changed in any way that others must notice. */
  changedAt: number;
  /** The database's clock when the row was read. */
  readAt: number;
}

/** Names a token and its grant. */
export type Generation = Pick<CredentialRow, 'credentialId' | 'generation'>;

/**
 * A token response to store: the sealed part, and the part that may be shown. Times are relative to the database's
 * clock.
 */
export interface StoredTokens {
  sealed: string;
  stage?: 'answered';
  scope?: string;
  account?: string;
  hasRefreshToken: boolean;
  /** Milliseconds since the request was sent. */
  age: number;
  /** Milliseconds from the request to expiry. */
  lifetime?: number;
  /** Expiry in epoch milliseconds, where the settings say it. */
  expiresAt?: number;
  refreshLifetime?: number;
  /** Milliseconds from the request until a refresh is due. */
  refreshDueAfter?: number;
}

/** A credential without any attempt. */
export const UNTRIED = {
  last_error: null,
  attempts: 0,
  next_attempt_at: null,
  lease_owner: null,
  lease_until: null,
  presented_generation: null,
};

/** No token, and nothing that belongs to one. */
export const EMPTY = {
  generation: 0,
  sealed: null,
  sealed_spare: null,
  sealed_terms: null,
  stage: null,
  scope: null,
  account: null,
  authorized_by: null,
  has_refresh_token: false,
  obtained_at: null,
  expires_at: null,
  refresh_expires_at: null,
  refresh_due_at: null,
  verified_at: null,
};

/** What a new grant doesn't inherit from the previous one. */
export const FRESH = {
  ...UNTRIED,
  attempt_id: null,
  sealed_spare: null,
  presented_at: null,
  suspended: null,
};

/** Returns whether two rows hold the same token of the same grant. */
export function isSameGeneration(one: Generation, other: Generation): boolean {
  return (
    one.credentialId === other.credentialId &&
    one.generation === other.generation
  );
}

/** The columns of a stored token response. All times are counted from one moment, so that their differences are exact. */
export function tokenColumns(knex: Knex, tokens: StoredTokens) {
  const fromRequest = (milliseconds: number | undefined) =>
    milliseconds === undefined
      ? null
      : statementStartPlus(knex, milliseconds - tokens.age);
  return {
    sealed: tokens.sealed,
    sealed_spare: null,
    stage: tokens.stage ?? null,
    scope: tokens.scope ?? null,
    account: tokens.account?.slice(0, LONGEST_ACCOUNT) ?? null,
    has_refresh_token: tokens.hasRefreshToken,
    obtained_at: fromRequest(0),
    expires_at: tokens.expiresAt ?? fromRequest(tokens.lifetime),
    refresh_expires_at: fromRequest(tokens.refreshLifetime),
    refresh_due_at: fromRequest(tokens.refreshDueAfter),
  };
}

/** Returns the key of a row. */
export function keyOf(row: any): CredentialKey {
  const { datasource_id: datasourceId, subject } = row;
  return new CredentialKey({ datasourceId, subject });
}

/** Texts that most rows of a datasource have in common. */
export const sharedText = shareEqual(text => text);
const sharedOrigins = shareEqual((text): string[] => JSON.parse(text));

/** Maps a row of the table. No other code does. */
export function toCredential(row: any): CredentialRow {
  const { inputsHash, ...lastError } = row.last_error
    ? JSON.parse(row.last_error)
    : {};
  return {
    key: keyOf(row),
    credentialId: row.credential_id,
    generation: toNumber(row.generation)!,
    attemptId: row.attempt_id ?? undefined,
    binding: sharedText(row.binding),
    requested: row.requested === null ? undefined : sharedText(row.requested),
    sealed: row.sealed ?? undefined,
    sealedSpare: row.sealed_spare ?? undefined,
    sealedTerms: row.sealed_terms ?? undefined,
    stage: row.stage ?? undefined,
    apiOrigins: sharedOrigins(row.use_origins ?? '[]'),
    scope: row.scope === null ? undefined : sharedText(row.scope),
    account: row.account ?? undefined,
    authorizedBy: row.authorized_by ?? undefined,
    hasRefreshToken: Boolean(row.has_refresh_token),
    obtainedAt: toNumber(row.obtained_at),
    expiresAt: toNumber(row.expires_at),
    refreshExpiresAt: toNumber(row.refresh_expires_at),
    refreshDueAt: toNumber(row.refresh_due_at),
    state: sharedText(row.state) as CredentialRow['state'],
    reason: row.reason ?? undefined,
    stateChangedAt: toNumber(row.state_changed_at),
    stateChangedBy: row.state_changed_by ?? undefined,
    lastError: row.last_error ? lastError : undefined,
    inputsHash,
    attempts: row.attempts,
    nextAttemptAt: toNumber(row.next_attempt_at),
    leaseOwner: row.lease_owner ?? undefined,
    leaseEpoch: toNumber(row.lease_epoch)!,
    leaseUntil: toNumber(row.lease_until),
    presentedGeneration: toNumber(row.presented_generation),
    presentedAt: toNumber(row.presented_at),
    verifiedAt: toNumber(row.verified_at),
    lastUsedAt: toNumber(row.last_used_at),
    suspended: row.suspended ?? undefined,
    changedAt: toNumber(row.changed_at)!,
    readAt: toNumber(row.read_at)!,
  };
}

/** The columns of a key. */
export function keyColumns(key: CredentialKey) {
  return { datasource_id: key.datasourceId, subject: key.subject };
}
