import { randomUUID } from 'node:crypto';
import {
  DatasourceAuthError,
  DatasourceNotConfiguredError,
  DatasourceSettings,
  Diagnosis,
  diagnosisTexts,
  formatRequiredSettings,
  hasServiceCredential,
  isFromSettings,
  oauth2Settings,
  renderDiagnosis,
  message,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';
import { ActivityStore } from '../activity/ActivityStore';
import { randomToken, Sealer } from '../sealing/Sealer';
import { SERVICE } from '../database/CredentialKey';
import { bindingOf, needsPerson } from '../settings/binding';
import { LoadedDatasource } from '../datasources/Datasources';
import { mergeWrite, SecretSource } from '../settings/mergeWrite';
import { providerContextOf } from '../settings/providerContext';
import { signingProblem } from '../kinds/mintedToken';
import { SettingsPolicy } from '../settings/SettingsPolicy';
import { missingParameters } from '../settings/status';
import { OAuthExchangeError } from '../oauth/OAuthExchangeError';
import { ProviderClient, IssuedTokens } from '../oauth/ProviderClient';
import { AuthorizationSecrets } from './AuthorizationSecrets';
import { AuthorizationRow } from './AuthorizationRow';
import { AuthorizationStore } from './AuthorizationStore';
import { draftSecrets } from './draftSecrets';
import { recordAttemptFailure } from './recordAttemptFailure';

const OTHER_USER: Diagnosis = {
  code: 'other_user',
  ...renderDiagnosis(diagnosisTexts('otherUserFinished')),
  retryable: false,
  details: {},
};

/** The settings that a credential is requested for. */
export interface AuthorizationRequest {
  /** User entity ref or external subject. Only they can continue, finish and save the attempt. */
  by: string;
  datasource?: LoadedDatasource;
  settings?: DatasourceSettings;
  commit: boolean;
  display: 'popup' | 'page';
  /** An earlier attempt of the same user that has the secrets of the form. */
  authorizationId?: string;
  /** The user whose own account it connects. Absent for the credential that all plugins share. */
  subject?: string;
  /** The authorization request that this attempt is for. The caller has checked that the user may approve it. */
  requestId?: string;
}

/**
 * Obtains a credential, with or without a user: starts attempts and finishes them. The user who finishes must be the
 * one who started. {@link BrowserRedirects} checks that it is the same browser.
 */
export class AuthorizationFlow {
  readonly #activity: ActivityStore;
  readonly #store: AuthorizationStore;
  readonly #secrets: AuthorizationSecrets;
  readonly #client: ProviderClient;
  readonly #policy: SettingsPolicy;
  readonly #sealer: Sealer;
  readonly #callbackUrl: string;

  constructor(options: {
    activity: ActivityStore;
    store: AuthorizationStore;
    secrets: AuthorizationSecrets;
    client: ProviderClient;
    policy: SettingsPolicy;
    sealer: Sealer;
    callbackUrl: string;
  }) {
    this.#activity = options.activity;
    this.#store = options.store;
    this.#secrets = options.secrets;
    this.#client = options.client;
    this.#policy = options.policy;
    this.#sealer = options.sealer;
    this.#callbackUrl = options.callbackUrl;
  }

  /**
   * Starts an attempt. Client credentials and password run immediately. For authorization code, the response has a
   * ticket, valid once for 60 seconds.
   */
  async begin(
    request: AuthorizationRequest,
  ): Promise<{ row: AuthorizationRow; ticket?: string }> {
    const form = await this.#form(request);
    const missing = missingParameters(
      form.settings,
      new Set(form.secrets.keys()),
    );
    if (missing.length > 0) {
      throw new DatasourceNotConfiguredError(
        message('error.fillIn', { labels: formatRequiredSettings(missing) }),
      );
    }
    this.#policy.assertAllowed(form.settings);
    const { subject = SERVICE } = request;
    if (subject === SERVICE && !hasServiceCredential(form.settings)) {
      throw new DatasourceAuthError(message('error.perUser'), {
        code: 'invalid_request',
        statusCode: 400,
        fieldTexts: { subjects: [message('error.perUser')] },
      });
    }

    const key = {
      id: randomUUID(),
      binding: bindingOf(form.settings),
      datasourceId: request.datasource?.record.id,
      subject,
    };
    const base = {
      ...key,
      userRef: request.by,
      requestId: request.requestId,
      settingsVersion: request.datasource?.record.version,
      issuer: oauth2Settings(form.settings.auth)?.issuer,
      settings: form.settings,
      secretPaths: [...form.secrets.keys()],
      sealedSecrets: this.#secrets.sealSecrets(key, form.secrets),
      commit: request.commit,
      display: request.display,
    };
    let ticket: string | undefined;
    if (needsPerson(form.settings)) {
      ticket = randomToken();
      await this.#store.insert({
        ...base,
        status: 'pending',
        ticketHash: this.#sealer.hash('ticket', ticket),
      });
    } else {
      await this.#runGrant(base, form);
    }
    return { row: await this.#stored(key.id), ticket };
  }

  /**
   * Grants an attempt once to the currently signed-in user. If that isn't the user who started it, the result is
   * destroyed. This requires the completion; the ID isn't enough.
   *
   * @param assertAllowed - checks the user's permissions again before anything changes
   */
  async grant(
    id: string,
    completion: string,
    by: string,
    assertAllowed: (row: AuthorizationRow) => Promise<void>,
  ): Promise<AuthorizationRow> {
    const row = await this.#stored(id);
    if (row.userRef !== by) {
      if (!this.#sealer.matches('completion', completion, row.completionHash)) {
        throw authorizationEnded();
      }
      await this.#store.fail(id, OTHER_USER);
      throw new DatasourceAuthError(
        message('error.otherUser', {
          user: row.userRef.replace(/^user:[^/]+\//, ''),
        }),
        { code: 'other_user', statusCode: 403 },
      );
    }
    await assertAllowed(row);
    const hashes = this.#sealer.hashes('completion', completion);
    if (!(await this.#store.grant(id, hashes))) throw authorizationEnded();
    return this.#stored(id);
  }

  /** A user who deletes their data also removes their attempts. */
  async #stored(id: string): Promise<AuthorizationRow> {
    const row = await this.#store.find(id);
    if (!row) throw authorizationEnded();
    return row;
  }

  /** Returns an attempt of this user. */
  async get(id: string, by: string): Promise<AuthorizationRow> {
    const row = await this.#store.find(id);
    if (!row || row.userRef !== by) {
      throw new DatasourceAuthError(
        message('error.authorizationUnknown', { id }),
        {
          code: 'not_found',
          statusCode: 404,
        },
      );
    }
    return row;
  }

  /** Keeps an attempt alive while its user is there. It still ends two hours after it began. */
  async keepAlive({ id }: AuthorizationRow): Promise<void> {
    await this.#store.touch(id);
  }

  /** Keeps the last test of an attempt, which Save moves to the datasource. */
  async noteTest({ id }: AuthorizationRow, test: TestResult): Promise<void> {
    await this.#store.noteTest(id, test);
  }

  /**
   * Discards an attempt and its staged credential. Nothing is revoked, because that could end the saved credential too.
   */
  async discard(id: string, by: string): Promise<void> {
    await this.get(id, by);
    await this.#store.delete(id);
  }

  /** Returns what is staged, including tokens, for connection tests. Undefined without an access token yet. */
  staged(row: AuthorizationRow): IssuedTokens | undefined {
    if (!row.sealedResult || row.status !== 'granted') return undefined;
    const { answer } = this.#secrets.openResult(row, row.sealedResult);
    return answer.answer ? undefined : answer;
  }

  /** Returns the form of an attempt, with its secrets. */
  form(row: AuthorizationRow): SecretSource {
    return this.#secrets.openForm(row);
  }

  async #form(request: AuthorizationRequest): Promise<SecretSource> {
    const { datasource } = request;
    const saved = datasource && {
      settings: datasource.record.settings,
      secrets: datasource.secrets,
    };
    if (!request.settings) {
      if (datasource?.unreadable) {
        throw new DatasourceAuthError(datasource.unreadable.text, {
          code: 'authorization_failed',
          statusCode: 409,
        });
      }
      return saved!;
    }
    const earlier = await draftSecrets(
      request.authorizationId,
      { by: request.by, datasourceId: datasource?.record.id },
      { store: this.#store, secrets: this.#secrets },
    );
    return mergeWrite(
      request.settings,
      [earlier, saved].filter(source => source !== undefined),
    );
  }

  async #runGrant(
    base: Omit<
      Parameters<AuthorizationStore['insert']>[0],
      'status' | 'sealedResult' | 'error'
    >,
    form: SecretSource,
  ): Promise<void> {
    try {
      const answer = isFromSettings(form.settings.auth)
        ? await heldBySettings(form)
        : await this.#client.requestToken(
            providerContextOf(form, this.#callbackUrl),
          );
      await this.#store.insert({
        ...base,
        status: 'granted',
        sealedResult: this.#secrets.sealResult(base, { answer }),
      });
    } catch (error) {
      if (!(error instanceof OAuthExchangeError)) throw error;
      await this.#store.insert({
        ...base,
        status: 'failed',
        error: error.diagnosis,
      });
      await recordAttemptFailure(this.#activity, base, error.diagnosis);
    }
  }
}

/** The error when an attempt can't be completed any more. */
export function authorizationEnded(): DatasourceAuthError {
  return new DatasourceAuthError(message('error.linkEnded'), {
    code: 'authorization_ended',
    statusCode: 409,
  });
}

/**
 * The settings hold the credential: there is nothing to request. What they sign is signed when it is used.
 *
 * @throws OAuthExchangeError if it can't be signed
 */
async function heldBySettings(form: SecretSource): Promise<IssuedTokens> {
  const problem = await signingProblem(form);
  if (problem) {
    throw new OAuthExchangeError({
      diagnosis: { ...problem, retryable: false, details: {} },
      outcome: 'not_sent',
    });
  }
  return { accessToken: '', tokenType: '', requestedAt: Date.now(), kept: {} };
}
