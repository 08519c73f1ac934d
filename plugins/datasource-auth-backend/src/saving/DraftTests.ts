import { isDeepStrictEqual } from 'node:util';
import { Knex } from 'knex';
import {
  isFromSettings,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';
import { AuthorizationRow } from '../authorizations/AuthorizationRow';
import { AuthorizationSecrets } from '../authorizations/AuthorizationSecrets';
import { AuthorizationStore } from '../authorizations/AuthorizationStore';
import { CredentialStore } from '../credentials/CredentialStore';
import { CredentialKey } from '../database/CredentialKey';
import { DatasourceRecord } from '../datasources/DatasourceRecord';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { BareSettings } from '../settings/secrets';
import { noToken } from '../verification/ConnectionTest';
import { DatasourceSave, FormContent } from './DatasourceForm';

/** Settings that no test depends on. */
const UNTESTED: ReadonlyArray<keyof BareSettings> = [
  'name',
  'title',
  'description',
  'owner',
  'tags',
  'consumers',
  'gateway',
  'importedFrom',
];

/** A tried attempt, and how the try ended: undefined if it got a credential that wasn't tested. */
interface TriedForm {
  attempt: AuthorizationRow;
  test?: TestResult;
  /** Whether the test called the API with exactly what is saved, and succeeded. */
  isVerified: boolean;
}

/**
 * Moves the outcome of a draft's last test to the datasource that is saved, so that neither a failure nor a success is
 * forgotten. Whether the secrets are those that failed is up to the caller: a failed attempt no longer has them.
 */
export class DraftTests {
  readonly #authorizations: AuthorizationStore;
  readonly #authorizationSecrets: AuthorizationSecrets;
  readonly #credentials: CredentialStore;
  readonly #store: DatasourceStore;

  constructor(options: {
    authorizations: AuthorizationStore;
    authorizationSecrets: AuthorizationSecrets;
    credentials: CredentialStore;
    store: DatasourceStore;
  }) {
    this.#authorizations = options.authorizations;
    this.#authorizationSecrets = options.authorizationSecrets;
    this.#credentials = options.credentials;
    this.#store = options.store;
  }

  /** Finds what was tried with the saved form. Call it before the transaction, because reading can end an attempt. */
  async find(
    { testedAuthorizationId, authorizationId, credential, by }: DatasourceSave,
    { settings, secrets }: Pick<FormContent, 'settings' | 'secrets'>,
    datasourceId?: string,
  ): Promise<TriedForm | undefined> {
    const stagedId =
      credential.action === 'replace'
        ? credential.authorizationId
        : authorizationId;
    const id = testedAuthorizationId ?? stagedId;
    if (!id) return undefined;
    const attempt = await this.#authorizations.find(id);
    if (
      attempt?.userRef !== by ||
      attempt.requestId !== undefined ||
      attempt.datasourceId !== datasourceId ||
      !isTestedAlike(attempt.settings, settings)
    ) {
      return undefined;
    }
    const { status, error, createdAt, test } = attempt;
    const isSaved =
      isFromSettings(settings.auth) ||
      (credential.action === 'replace' && id === stagedId);
    const hasSameSecrets =
      status === 'granted' &&
      isDeepStrictEqual(
        this.#authorizationSecrets.openForm(attempt).secrets,
        secrets,
      );
    if (!testedAuthorizationId && !hasSameSecrets) return undefined;
    return {
      attempt,
      test: status === 'failed' ? noToken(error, createdAt) : test,
      isVerified:
        isSaved &&
        hasSameSecrets &&
        test?.ok === true &&
        test.status !== undefined,
    };
  }

  /** Keeps the outcome in the transaction of a Save. One of changed settings is forgotten. */
  async keep(
    id: string,
    tried: TriedForm | undefined,
    options: { before?: DatasourceRecord; after: FormContent; trx: Knex },
  ): Promise<void> {
    const { before, after, trx } = options;
    const isChanged =
      after.entered ||
      before === undefined ||
      !isTestedAlike(before.settings, after.settings);
    const failed = tried?.test?.ok === false ? tried.test : undefined;
    if (tried?.test || isChanged)
      await this.#store.noteFailedTest(id, failed, trx);
    if (tried?.isVerified && tried.test) {
      const { testedAt } = tried.test;
      const key = CredentialKey.service(id);
      await this.#credentials.noteVerified(key, testedAt, trx);
    }
    // Nothing else needs these attempts. A granted one is used up with its credential.
    if (
      tried &&
      (tried.attempt.status === 'failed' || isFromSettings(after.settings.auth))
    )
      await this.#authorizations.delete(tried.attempt.id, trx);
  }
}

/** Returns whether a test of one form tells the same about another one. */
function isTestedAlike(one: BareSettings, other: BareSettings): boolean {
  const tested = (settings: BareSettings) => {
    const copy = JSON.parse(JSON.stringify(settings)) as Partial<BareSettings>;
    for (const key of UNTESTED) delete copy[key];
    return copy;
  };
  return isDeepStrictEqual(tested(one), tested(other));
}
