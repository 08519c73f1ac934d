import { randomUUID } from 'node:crypto';
import { Knex } from 'knex';
import {
  CredentialAction,
  DatasourceAuthError,
  apiOrigins,
} from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import { AnsweredRequest } from '../authorizations/AnsweredRequests';
import { AuthorizationSecrets } from '../authorizations/AuthorizationSecrets';
import { AuthorizationStore } from '../authorizations/AuthorizationStore';
import { CredentialKey } from '../database/CredentialKey';
import { CredentialStore } from '../credentials/CredentialStore';
import { renewalOf } from '../credentials/renewal';
import { SealedTokens } from '../credentials/SealedTokens';
import { needsPerson, requestedOf } from '../settings/binding';
import { DatasourceRecord } from '../datasources/DatasourceRecord';
import { coversOrigins } from '../settings/origins';
import { requestsWiderAccess } from '../settings/reach';

/** The actor, and the transaction that the change is part of. */
interface WriteOptions {
  /** User entity ref or external subject. */
  by: string;
  trx: Knex;
}

/** The datasource after the transaction. */
type Target = Pick<DatasourceRecord, 'settings' | 'binding'> & { id: string };

/**
 * Keeps a credential on Save, or replaces it with a staged one or a tombstone. Each method runs in its caller's
 * transaction.
 */
export class CredentialWriter {
  readonly #credentials: CredentialStore;
  readonly #authorizations: AuthorizationStore;
  readonly #secrets: AuthorizationSecrets;
  readonly #activity: ActivityStore;
  readonly #tokens: SealedTokens;

  constructor(options: {
    credentials: CredentialStore;
    authorizations: AuthorizationStore;
    authorizationSecrets: AuthorizationSecrets;
    activity: ActivityStore;
    tokens: SealedTokens;
  }) {
    this.#credentials = options.credentials;
    this.#authorizations = options.authorizations;
    this.#secrets = options.authorizationSecrets;
    this.#activity = options.activity;
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
    options: WriteOptions & { mayAuthorize: boolean },
  ): Promise<void> {
    if (action.action === 'replace') {
      await this.replace(target, action.authorizationId, options);
    } else if (action.action === 'clear') {
      await this.clear(target, options);
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
      throw new DatasourceAuthError(
        'The new credential belongs to other settings, was already saved, or has expired. Get a new credential, then save.',
        { code: 'credential_out_of_date', statusCode: 409 },
      );
    }
    const { answer } = this.#secrets.openResult(
      { id: authorizationId, binding },
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
        tokens: this.#tokens.fromAnswer(
          answer,
          { credentialId, column: 'sealed', binding },
          { ...renewalOf(settings), now: Date.now() },
        ),
      },
      trx,
    );
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
