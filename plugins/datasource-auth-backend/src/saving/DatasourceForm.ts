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
import { serializeSecrets } from '../settings/secrets';
import { SettingsPolicy } from '../settings/SettingsPolicy';
import { attentionRank, missingParameters } from '../settings/status';

/** What is saved: settings, what happens to the credential, and where secrets that are left out come from. */
export interface DatasourceSave {
  settings: DatasourceSettings;
  credential: CredentialAction;
  /** An attempt of the same user whose sealed form holds the secrets. */
  authorizationId?: string;
  /** User entity ref or external subject. */
  by: string;
  /** Whether they may have a credential requested, too. */
  mayAuthorize?: boolean;
}

/**
 * Turns a form into what a row stores: secrets that the form leaves out are filled in, the settings are checked against
 * what this installation allows, and the secrets are sealed.
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
  ): Promise<DatasourceContent> {
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
    const binding = bindingOf(settings);
    const previous = saved?.record.secretInfos ?? {};
    const now = Date.now();
    return {
      settings,
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
            ? { updatedAt: now, updatedBy: save.by }
            : previous[path],
        ]),
      ),
      binding,
      attention: attentionRank(
        missingParameters(settings, new Set(secrets.keys())).length > 0
          ? 'NOT_CONFIGURED'
          : 'NOT_AUTHORIZED',
      ),
    };
  }
}
