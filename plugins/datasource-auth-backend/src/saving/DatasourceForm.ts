import {
  CredentialAction,
  DatasourceSettings,
} from 'backstage-plugin-datasource-auth-common';
import { AuthorizationSecrets } from '../authorizations/AuthorizationSecrets';
import { AuthorizationStore } from '../authorizations/AuthorizationStore';
import { draftSecrets } from '../authorizations/draftSecrets';
import { datasourcePlace, LoadedDatasource } from '../datasources/Datasources';
import { DatasourceContent } from '../datasources/DatasourceRecord';
import { Sealer } from '../sealing/Sealer';
import { bindingOf } from '../settings/binding';
import { mergeWrite } from '../settings/mergeWrite';
import { Secrets, serializeSecrets } from '../settings/secrets';
import { SettingsPolicy } from '../settings/SettingsPolicy';
import { assertCertificate } from './assertCertificate';
import { attentionRank, stateWithoutCredential } from '../settings/status';

/** The data to save: the settings, the credential action, and the source of omitted secrets. */
export interface DatasourceSave {
  settings: DatasourceSettings;
  credential: CredentialAction;
  /** An attempt of the same user whose encrypted form holds the secrets. */
  authorizationId?: string;
  /** An attempt of the same user that tried these settings and secrets. */
  testedAuthorizationId?: string;
  /** User entity ref or external subject. */
  by: string;
  /** Whether they may also request a credential. */
  mayAuthorize?: boolean;
}

/** The content of a row, with what the credential of the same Save depends on. */
export interface FormContent extends DatasourceContent {
  secrets: Secrets;
  /** Whether this Save enters a secret. */
  entered: boolean;
}

/**
 * Converts a form to the content of a row: fills in omitted secrets, checks the settings against the rules of this
 * installation, and encrypts the secrets.
 */
export class DatasourceForm {
  readonly #authorizations: AuthorizationStore;
  readonly #authorizationSecrets: AuthorizationSecrets;
  readonly #policy: SettingsPolicy;
  readonly #sealer: Sealer;

  constructor(options: {
    authorizations: AuthorizationStore;
    authorizationSecrets: AuthorizationSecrets;
    policy: SettingsPolicy;
    sealer: Sealer;
  }) {
    this.#authorizations = options.authorizations;
    this.#authorizationSecrets = options.authorizationSecrets;
    this.#policy = options.policy;
    this.#sealer = options.sealer;
  }

  /** @throws DatasourceAuthError `secrets_required` */
  async contentOf(
    id: string,
    save: DatasourceSave,
    saved?: LoadedDatasource,
  ): Promise<FormContent> {
    const draft = await draftSecrets(
      save.authorizationId,
      { by: save.by, datasourceId: saved?.record.id },
      { store: this.#authorizations, secrets: this.#authorizationSecrets },
    );
    const { settings, secrets, written } = mergeWrite(
      save.settings,
      [
        draft,
        saved && { settings: saved.record.settings, secrets: saved.secrets },
      ].filter(source => source !== undefined),
    );
    this.#policy.assertAllowed(settings);
    assertCertificate({ settings, secrets, written }, saved?.record.settings);
    const binding = bindingOf(settings);
    const previous = saved?.record.secretInfos ?? {};
    const enteredAt = await this.#enteredAt(save);
    return {
      settings,
      secrets,
      entered: written.size > 0,
      sealed:
        secrets.size === 0
          ? undefined
          : this.#sealer.seal(
              serializeSecrets(secrets),
              datasourcePlace(id, binding),
            ),
      secretInfos: Object.fromEntries(
        [...secrets.keys()].map(path => [
          path,
          written.has(path) || !previous[path]
            ? { updatedAt: enteredAt, updatedBy: save.by }
            : previous[path],
        ]),
      ),
      binding,
      attention: attentionRank(
        stateWithoutCredential(settings, new Set(secrets.keys())),
      ),
    };
  }

  /** Returns when secrets were entered. Those of a staged credential were there before it, which tried them. */
  async #enteredAt({ credential }: DatasourceSave): Promise<number> {
    const now = Date.now();
    if (credential.action !== 'replace') return now;
    const attempt = await this.#authorizations.find(credential.authorizationId);
    return Math.min(now, attempt?.createdAt ?? now);
  }
}
