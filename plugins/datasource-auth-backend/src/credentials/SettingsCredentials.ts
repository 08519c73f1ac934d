import {
  hasServiceCredential,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { randomUUID } from 'node:crypto';
import { LoadedDatasource, missingOf } from '../datasources/Datasources';
import { BearerFiles } from '../files/BearerFiles';
import { coversEntry } from '../settings/ownSecrets';
import { Secrets } from '../settings/secrets';
import { SettingsError } from '../settings/SettingsError';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialChangePublisher } from './CredentialChangePublisher';
import { CredentialCopy, databaseClock } from './CredentialMemory';
import { CredentialReader, ServedToken } from './CredentialReader';
import { CredentialRow, isSameGeneration } from './CredentialRow';
import { CredentialStore } from './CredentialStore';
import { mintsTokens } from '../kinds/mintedToken';
import {
  isUnexpired,
  REJECTED_BY_API,
  REJECTED_COOLDOWN,
  TokenNeed,
} from './freshness';
import { SealedTokens } from './SealedTokens';
import { SecretRejections } from './SecretRejections';
import { isGrantOf, settingsGrant, SettingsSource } from './settingsGrant';
import { SignedTokens } from './SignedTokens';
import { TEST_ROUTE } from './Rejections';
import { SubjectCache } from './SubjectCache';
import { TokenErrors } from './TokenErrors';

/**
 * Serves credentials that are part of the settings: API keys, passwords, JWTs that are signed with a key, and public
 * APIs. There is no provider to call, so there are no refreshes and leases. The row still decides whether the credential
 * may be used: clearing it leaves a tombstone, and a new secret starts a new credential.
 */
export class SettingsCredentials {
  readonly #store: CredentialStore;
  readonly #tokens: SealedTokens;
  readonly #reader: CredentialReader;
  readonly #rejections: SecretRejections;
  readonly #signed: SignedTokens;
  readonly #news: CredentialChangePublisher;
  readonly #errors: TokenErrors;
  readonly #files: BearerFiles;
  /** The declared secrets that this process began a credential with, by {@link CredentialKey.text}. */
  readonly #begun = new SubjectCache<Secrets>();

  constructor(options: {
    store: CredentialStore;
    tokens: SealedTokens;
    reader: CredentialReader;
    rejections: SecretRejections;
    signed: SignedTokens;
    news: CredentialChangePublisher;
    errors: TokenErrors;
    files: BearerFiles;
  }) {
    this.#store = options.store;
    this.#tokens = options.tokens;
    this.#reader = options.reader;
    this.#rejections = options.rejections;
    this.#signed = options.signed;
    this.#news = options.news;
    this.#errors = options.errors;
    this.#files = options.files;
  }

  /**
   * Returns the credential of the settings, if it may be used. A rejected JWT is replaced once. Otherwise keeps serving a
   * rejected credential, because nothing here can replace it.
   *
   * @throws DatasourceNotConfiguredError, DatasourceNotAuthorizedError, DatasourceUnavailableError
   */
  async getToken(copy: CredentialCopy, need: TokenNeed): Promise<ServedToken> {
    const { datasource, key } = copy;
    // Only the person can begin their own.
    const row =
      key.isPersonal || this.#isCurrent(copy)
        ? copy.row
        : await this.#begin(copy);
    if (!row) throw this.#none(datasource);
    const found = { datasource, row };
    if (row.state === 'cleared') {
      throw this.#errors.notAuthorized(
        datasource,
        message('error.token.cleared', { name: datasource.record.name }),
      );
    }
    if (!this.#reader.belongs(found)) {
      throw this.#errors.notAuthorized(
        datasource,
        message('error.token.secretsOfOtherSettings', {
          name: datasource.record.name,
        }),
      );
    }
    if (!isUnexpired(row, databaseClock(copy))) {
      throw this.#errors.notAuthorized(
        datasource,
        message('error.token.secretExpired', { name: datasource.record.name }),
      );
    }
    const served =
      copy.row === row && copy.payload
        ? (copy as CredentialCopy & ServedToken)
        : this.#reader.serve(found);
    if (
      key.isPersonal &&
      !coversEntry(datasource.record.settings, served.payload.own)
    ) {
      throw this.#none(datasource);
    }
    const isRejected =
      need.rejected !== undefined && isSameGeneration(row, need.rejected);
    if (isRejected && mayBeReplaced(served, databaseClock(copy))) {
      const next = await this.#replace(row);
      const readAt = performance.now();
      const fresh = { ...copy, row: next, payload: undefined, readAt };
      return this.getToken(fresh, { ...need, rejected: undefined });
    }
    const token = await this.#withFile(await this.#signed.of(served, need));
    if (isRejected) this.#rejections.report(token, need.route ?? '');
    return token;
  }

  /** Returns a token from a file with the file's own expiry. Nothing remembers it: the next caller reads the file again. */
  async #withFile(served: ServedToken): Promise<ServedToken> {
    const { datasource, row, payload } = served;
    const source = {
      settings: datasource.record.settings,
      secrets: datasource.secrets,
    };
    const found = await this.#files
      .read(source, payload)
      .catch((error: unknown) => {
        if (!(error instanceof SettingsError)) throw error;
        throw this.#errors.unusable(datasource, error.text);
      });
    if (!found) return served;
    const { token, expiresAt = Infinity } = found;
    const ends = Math.min(expiresAt, row.expiresAt ?? Infinity);
    return {
      datasource,
      payload: token,
      row: { ...row, expiresAt: ends === Infinity ? undefined : ends },
    };
  }

  /** Records that the API rejected a call: Backstage's own one of the test path, or another one that is checked first. */
  async rejected(served: ServedToken, route: string): Promise<void> {
    if (route === TEST_ROUTE) await this.#rejections.confirmed(served);
    else this.#rejections.report(served, route);
  }

  /**
   * Writes the row for changed settings or secrets of a declared datasource, which has no Save. A cleared
   * credential stays cleared.
   */
  async settingsChanged(
    key: CredentialKey,
    datasource: LoadedDatasource,
  ): Promise<void> {
    if (!hasServiceCredential(datasource.record.settings)) return;
    const row = await this.#store.read(key);
    if (row?.state === 'cleared' || datasource.unreadable) return;
    if (missingOf(datasource).length > 0) return;
    const source = sourceOf(datasource);
    if (row?.sealed && isGrantOf(source, row, this.#payloadOf(row))) return;
    if (
      await this.#store.storeGrant(
        key,
        row,
        await settingsGrant(key, this.#tokens, source),
      )
    ) {
      await this.#news.changed(key);
    }
  }

  /**
   * Returns whether the datasource has a row. The declarations of replicas can differ during a rollout, so each process
   * starts the credential of its own declaration only once. Otherwise, replicas would replace each other's forever.
   */
  #isCurrent(
    copy: CredentialCopy,
  ): copy is CredentialCopy & { row: CredentialRow } {
    const { row, payload, datasource } = copy;
    if (!row) return false;
    if (datasource.record.source !== 'config' || row.state === 'cleared') {
      return true;
    }
    return (
      isGrantOf(sourceOf(datasource), row, payload) ||
      this.#begun.of(copy.key.subject).get(copy.key.text) === datasource.secrets
    );
  }

  async #begin({ key, datasource }: CredentialCopy): Promise<CredentialRow> {
    this.#begun.of(key.subject).set(key.text, datasource.secrets);
    await this.settingsChanged(key, datasource);
    const row = await this.#store.read(key);
    if (row) return row;
    throw this.#none(datasource);
  }

  #none(datasource: LoadedDatasource): Error {
    return this.#errors.notAuthorized(
      datasource,
      message('error.token.none', { name: datasource.record.name }),
    );
  }

  /** Begins the next generation, on all replicas: what they signed for this one is served no more. */
  async #replace(row: CredentialRow): Promise<CredentialRow | undefined> {
    const { sealed, apiOrigins } = row;
    const tokens = { sealed: sealed!, hasRefreshToken: false, age: 0 };
    const stored = await this.#store.storeTokens(
      row,
      randomUUID(),
      tokens,
      apiOrigins,
    );
    await this.#news.changed(row.key);
    return stored ?? this.#store.read(row.key);
  }

  #payloadOf(row: CredentialRow) {
    try {
      return this.#tokens.openRow(row, row.sealed!);
    } catch {
      // It can't be decrypted, so it is written again.
      return undefined;
    }
  }
}

/**
 * Returns whether another JWT may be what the API accepts. Only one follows a rejection, until the cooldown is over: if
 * that one is rejected too, the key or a claim is the reason.
 */
function mayBeReplaced({ datasource, row }: ServedToken, now: number): boolean {
  if (!mintsTokens(datasource.record.settings.auth)) return false;
  if (row.lastError?.code === REJECTED_BY_API) return false;
  const isFirst = row.generation === 1;
  return isFirst || now - (row.obtainedAt ?? 0) > REJECTED_COOLDOWN;
}

function sourceOf({ record, secrets }: LoadedDatasource): SettingsSource {
  return { settings: record.settings, binding: record.binding, secrets };
}
