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

/** Who does it, in the transaction of which it is part. */
interface WriteOptions {
  /** User entity ref or external subject. */
  by: string;
  trx: Knex;
}

/** The datasource as it will be when the transaction is over. */
type Target = Pick<DatasourceRecord, 'settings' | 'binding'> & { id: string };

/**
 * What becomes of a credential when somebody saves: a staged one takes its place, or a tombstone, or it stays. Each
 * method is part of its caller's transaction.
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
   * Does what a Save asks for. A credential that is kept ends where the new settings send it elsewhere.
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
   * Puts the credential of a granted attempt in the place of the one that is there. The attempt is used up. One that was
   * made for a new datasource serves only that: `isNew`.
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
    // Scopes don't bind: without this check, saving would serve more than the saved settings say.
    if (!consumed || requestsWiderAccess(settings, consumed.settings)) {
      throw new DatasourceAuthError(
        'The new credential does not belong to these settings, was saved already or has expired. Get a new credential, then save.',
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

  /** Leaves a tombstone: nothing silent obtains again until a person does. */
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
    // Nothing ends that was refused already: another one is requested by whoever may, see RetryAfterChange.
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
