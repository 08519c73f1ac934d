import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import {
  CredentialAction,
  DatasourceAuthError,
  apiOrigins,
  hasServiceCredential,
  isFromSettings,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import { AnsweredRequest } from '../authorizations/AnsweredRequests';
import { AuthorizationSecrets } from '../authorizations/AuthorizationSecrets';
import { AuthorizationStore } from '../authorizations/AuthorizationStore';
import { canonicalUser, CredentialKey } from '../database/CredentialKey';
import { CredentialStore } from '../credentials/CredentialStore';
import { renewalOf } from '../credentials/renewal';
import { CredentialRow } from '../credentials/CredentialRow';
import { SealedTokens, TokenPayload } from '../credentials/SealedTokens';
import { isGrantOf, settingsGrant } from '../credentials/settingsGrant';
import { UnreadableError } from '../sealing/Sealer';
import { needsPerson, requestedOf } from '../settings/binding';
import { DatasourceRecord } from '../datasources/DatasourceRecord';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { coversOrigins } from '../settings/origins';
import { requestsWiderAccess } from '../settings/reach';
import { Secrets } from '../settings/secrets';
import { missingParameters } from '../settings/status';

/** The actor, and the transaction that the change is part of. */
interface WriteOptions {
  /** User entity ref or external subject. */
  by: string;
  trx: Knex;
}

/** The datasource after the transaction. */
type Target = Pick<DatasourceRecord, 'settings' | 'binding'> & {
  id: string;
  secrets: Secrets;
};

/**
 * Keeps a credential on Save, or replaces it with a staged one or a tombstone. A failed test of the previous one is
 * forgotten. Each method runs in its caller's transaction.
 */
export class CredentialWriter {
  readonly #credentials: CredentialStore;
  readonly #authorizations: AuthorizationStore;
  readonly #secrets: AuthorizationSecrets;
  readonly #activity: ActivityStore;
  readonly #store: DatasourceStore;
  readonly #tokens: SealedTokens;

  constructor(options: {
    credentials: CredentialStore;
    authorizations: AuthorizationStore;
    authorizationSecrets: AuthorizationSecrets;
    activity: ActivityStore;
    store: DatasourceStore;
    tokens: SealedTokens;
  }) {
    this.#credentials = options.credentials;
    this.#authorizations = options.authorizations;
    this.#secrets = options.authorizationSecrets;
    this.#activity = options.activity;
    this.#store = options.store;
    this.#tokens = options.tokens;
  }

  /**
   * Applies the credential action of a Save. A kept credential ends if the new settings send it elsewhere.
   *
   * @throws DatasourceAuthError `credential_out_of_date`
   */
  async apply(
    target: Target,
    action: CredentialAction,
    options: WriteOptions & { mayAuthorize: boolean; entered: boolean },
  ): Promise<void> {
    if (action.action === 'replace') {
      await this.replace(target, action.authorizationId, options);
    } else if (action.action === 'clear') {
      await this.clear(target, options);
    } else if (isFromSettings(target.settings.auth)) {
      await this.keepHeld(target, options);
    } else {
      await this.#endIfMoved(target, options);
    }
  }

  /**
   * Replaces the stored credential with the one of a granted attempt, which is then used up. An attempt for a new
   * datasource works only with `isNew`.
   *
   * @throws DatasourceAuthError `credential_out_of_date`
   */
  async replace(
    target: Target,
    authorizationId: string,
    {
      by,
      trx,
      request,
      isNew = false,
    }: WriteOptions & { request?: AnsweredRequest; isNew?: boolean },
  ): Promise<void> {
    const { id, settings, binding } = target;
    const key = CredentialKey.service(id);
    const consumed = await this.#authorizations.consume(
      authorizationId,
      {
        ...{ userRef: by, binding, requestId: request?.id },
        datasourceId: isNew ? undefined : id,
        subject: key.subject,
      },
      trx,
    );
    // Scopes aren't in the binding: without this check, plugins could get more than the saved settings request.
    if (!consumed || requestsWiderAccess(settings, consumed.settings)) {
      throw new DatasourceAuthError(message('error.credentialOutOfDate'), {
        code: 'credential_out_of_date',
        statusCode: 409,
      });
    }
    if (isFromSettings(settings.auth)) {
      await this.#begin(target, { by, trx });
      return;
    }
    const { answer } = this.#secrets.openResult(
      {
        ...{ id: authorizationId, binding, subject: key.subject },
        datasourceId: isNew ? undefined : id,
      },
      consumed.sealedResult,
    );
    const credentialId = randomUUID();
    await this.#credentials.replace(
      key,
      {
        credentialId,
        binding,
        requested: requestedOf(consumed.settings),
        apiOrigins: [...apiOrigins(settings)],
        authorizedBy: needsPerson(settings) ? canonicalUser(by) : undefined,
        tokens: this.#tokens.fromAnswer(
          answer,
          { key, credentialId, column: 'sealed', binding },
          { ...renewalOf(settings), now: Date.now() },
        ),
      },
      trx,
    );
    await this.#store.noteFailedTest(id, undefined, trx);
    await this.#activity.record(
      id,
      {
        kind: 'authorized',
        actor: by,
        details: {
          scope: answer.scope ?? null,
          account: answer.account ?? null,
          ...(request && { askedBy: request.askedBy }),
        },
      },
      trx,
    );
  }

  /**
   * Begins the credential that saved settings hold, if it is new: its secrets, where they go, or when they expire. A
   * cleared one begins again only with secrets that a user who may authorize enters.
   */
  async keepHeld(
    target: Target,
    options: WriteOptions & { mayAuthorize: boolean; entered: boolean },
  ): Promise<void> {
    const { id, settings, secrets } = target;
    if (!hasServiceCredential(settings)) return;
    const missing = missingParameters(settings, new Set(secrets.keys()));
    if (missing.length > 0) return;
    const row = await this.#credentials.read(
      CredentialKey.service(id),
      options.trx,
    );
    const isCleared = row?.state === 'cleared' && row.reason === 'cleared';
    if (isCleared && !(options.entered && options.mayAuthorize)) return;
    const isKept =
      !options.entered &&
      row?.sealed !== undefined &&
      isGrantOf(target, row, this.#open(row, row.sealed));
    if (!isKept) await this.#begin(target, options);
  }

  async #begin(target: Target, { by, trx }: WriteOptions): Promise<void> {
    const key = CredentialKey.service(target.id);
    await this.#credentials.replace(
      key,
      await settingsGrant(key, this.#tokens, target),
      trx,
    );
    await this.#store.noteFailedTest(target.id, undefined, trx);
    await this.#activity.record(
      target.id,
      { kind: 'authorized', actor: by, details: {} },
      trx,
    );
  }

  #open(row: CredentialRow, sealed: string): TokenPayload | undefined {
    try {
      return this.#tokens.openRow(row, sealed);
    } catch (error) {
      if (error instanceof UnreadableError) return undefined;
      throw error;
    }
  }

  /** Leaves a tombstone, so that no background process gets a credential until a user does. */
  async clear(
    { id, binding }: Pick<Target, 'id' | 'binding'>,
    { by, trx }: WriteOptions,
  ): Promise<void> {
    await this.#credentials.clear(
      CredentialKey.service(id),
      { credentialId: randomUUID(), binding, reason: 'cleared', by },
      trx,
    );
    await this.#store.noteFailedTest(id, undefined, trx);
    await this.#activity.record(id, { kind: 'cleared', actor: by }, trx);
  }

  async #endIfMoved(
    { id, settings, binding }: Target,
    { by, trx, mayAuthorize }: WriteOptions & { mayAuthorize: boolean },
  ): Promise<void> {
    const credential = await this.#credentials.read(
      CredentialKey.service(id),
      trx,
    );
    if (!credential || credential.state === 'cleared') return;
    // A refused credential has already ended. RetryAfterChange requests another one if that is allowed.
    const isRequested =
      credential.state === 'refused' && !needsPerson(settings) && mayAuthorize;
    if (isRequested) return;
    const moved =
      credential.binding !== binding || !coversOrigins(settings, credential);
    if (!moved) return;
    await this.#credentials.clear(
      CredentialKey.service(id),
      { credentialId: randomUUID(), binding, reason: 'settings_changed', by },
      trx,
    );
  }
}
