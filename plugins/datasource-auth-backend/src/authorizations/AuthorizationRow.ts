import {
  AuthorizationStatus,
  Diagnosis,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';
import { CredentialKey } from '../database/CredentialKey';
import { toNumber } from '../database/database';
import { BareSettings } from '../settings/secrets';

/** A stored attempt. Times are epoch milliseconds of the database's clock. */
export interface AuthorizationRow {
  id: string;
  userRef: string;
  datasourceId?: string;
  /** Whose credential it obtains, as in a {@link CredentialKey}. */
  subject: CredentialKey['subject'];
  /** The authorization request that this attempt is for. */
  requestId?: string;
  settingsVersion?: number;
  binding: string;
  browserHash?: string;
  /** Absent once the state was used. */
  stateHash?: string;
  completionHash?: string;
  callbackPath?: string;
  issuer?: string;
  /** The form, without secrets. */
  settings: BareSettings;
  /** Paths of the form's secrets. */
  secretPaths: string[];
  sealedSecrets?: string;
  sealedVerifier?: string;
  sealedCallback?: string;
  sealedResult?: string;
  /** The last test of the staged credential. */
  test?: TestResult;
  commit: boolean;
  display: 'popup' | 'page';
  status: AuthorizationStatus;
  error?: Diagnosis;
  ticketExpiresAt?: number;
  stateExpiresAt?: number;
  expiresAt: number;
  createdAt: number;
  /** The database's clock when the row was read. */
  readAt: number;
}

/** A new attempt. */
export interface NewAuthorization {
  id: string;
  userRef: string;
  datasourceId?: string;
  /** Whose credential it obtains, as in a {@link CredentialKey}. */
  subject: CredentialKey['subject'];
  requestId?: string;
  settingsVersion?: number;
  binding: string;
  issuer?: string;
  settings: BareSettings;
  secretPaths: string[];
  /** Kept while the attempt is in progress or granted. */
  sealedSecrets: string;
  sealedResult?: string;
  commit: boolean;
  display: 'popup' | 'page';
  status: 'pending' | 'granted' | 'failed';
  error?: Diagnosis;
  ticketHash?: string;
}

/** The columns of a new attempt, except its times. */
export function authorizationColumns(row: NewAuthorization) {
  return {
    id: row.id,
    user_ref: row.userRef,
    datasource_id: row.datasourceId ?? null,
    subject: row.subject,
    request_id: row.requestId ?? null,
    settings_version: row.settingsVersion ?? null,
    binding: row.binding,
    issuer: row.issuer ?? null,
    settings: JSON.stringify(row.settings),
    secret_paths: JSON.stringify(row.secretPaths),
    sealed_secrets: row.status === 'failed' ? null : row.sealedSecrets,
    sealed_result: row.sealedResult ?? null,
    commit: row.commit,
    display: row.display,
    status: row.status,
    error: row.error ? JSON.stringify(row.error) : null,
    ticket_hash: row.ticketHash ?? null,
  };
}

/** Maps a row of the table. No other code does. */
export function toAuthorization(row: any): AuthorizationRow {
  return {
    id: row.id,
    userRef: row.user_ref,
    datasourceId: row.datasource_id ?? undefined,
    subject: row.subject,
    requestId: row.request_id ?? undefined,
    settingsVersion: toNumber(row.settings_version),
    binding: row.binding,
    browserHash: row.browser_hash ?? undefined,
    stateHash: row.state_hash ?? undefined,
    completionHash: row.completion_hash ?? undefined,
    callbackPath: row.callback_path ?? undefined,
    issuer: row.issuer ?? undefined,
    settings: JSON.parse(row.settings),
    secretPaths: JSON.parse(row.secret_paths),
    sealedSecrets: row.sealed_secrets ?? undefined,
    sealedVerifier: row.sealed_verifier ?? undefined,
    sealedCallback: row.sealed_callback ?? undefined,
    sealedResult: row.sealed_result ?? undefined,
    test: row.test ? JSON.parse(row.test) : undefined,
    commit: Boolean(row.commit),
    display: row.display,
    status: row.status,
    error: row.error ? JSON.parse(row.error) : undefined,
    ticketExpiresAt: toNumber(row.ticket_expires_at),
    stateExpiresAt: toNumber(row.state_expires_at),
    expiresAt: toNumber(row.expires_at)!,
    createdAt: toNumber(row.created_at)!,
    readAt: toNumber(row.read_at)!,
  };
}
