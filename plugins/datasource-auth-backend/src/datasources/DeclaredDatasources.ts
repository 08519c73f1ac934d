import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import {
  DatasourceAuthError,
  hasServiceCredential,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { bindingOf } from '../settings/binding';
import { DatasourceRecord } from './DatasourceRecord';
import { DatasourceStore } from './DatasourceStore';
import {
  BareSettings,
  SecretInfos,
  Secrets,
  splitSecrets,
} from '../settings/secrets';
import { SettingsPolicy } from '../settings/SettingsPolicy';
import { attentionRank, stateWithoutCredential } from '../settings/status';

/** A datasource declared in app-config. */
export interface DeclaredDatasource {
  settings: BareSettings;
  secrets: Secrets;
  secretInfos: SecretInfos;
  binding: string;
}

/** The declarations that this installation allows. */
type DeclarationPolicy = Pick<SettingsPolicy, 'assertDeclarable'>;

const KEY = 'datasourceAuth.datasources';

/**
 * Datasources declared in app-config. They are read-only on the page but can be authorized there, and
 * mirrored as rows so that lists and keys work. Removing a declaration hides its datasource and never deletes
 * the credential.
 */
export class DeclaredDatasources {
  readonly #policy: DeclarationPolicy | undefined;
  #declared: Map<string, DeclaredDatasource>;
  #rejected = false;

  /** @throws an error with the path of the invalid setting */
  constructor(options: { config: Config; policy?: DeclarationPolicy }) {
    this.#policy = options.policy;
    this.#declared = readDeclared(options.config, options.policy);
  }

  get(name: string): DeclaredDatasource | undefined {
    return this.#declared.get(name);
  }

  has(name: string): boolean {
    return this.#declared.has(name);
  }

  names(): string[] {
    return [...this.#declared.keys()];
  }

  /** Applies a changed configuration as a whole. If it is invalid, the previous one stays in use. */
  reload(config: Config): void {
    try {
      this.#declared = readDeclared(config, this.#policy);
      this.#rejected = false;
    } catch (error) {
      this.#rejected = true;
      throw error;
    }
  }

  /** Whether the current configuration is invalid, and an earlier one is used. */
  get rejected(): boolean {
    return this.#rejected;
  }

  /** Updates the mirrored rows. Reports a name that a stored datasource uses, and leaves that datasource alone. */
  async mirror(options: {
    store: DatasourceStore;
    logger: LoggerService;
  }): Promise<void> {
    const { store, logger } = options;
    const rows = await store.listDeclared();
    for (const row of rows) {
      if (!row.withdrawn && !this.#declared.has(row.declaredName)) {
        await store.withdraw(row.id, row.declaredName);
        logger.warn(
          `Datasource '${row.declaredName}' is no longer declared in ${KEY}, so it is hidden. Its credential is kept for when it is declared again.`,
        );
      }
    }
    for (const [name, declared] of this.#declared) {
      const row = rows.find(candidate => candidate.declaredName === name);
      const content = {
        settings: declared.settings,
        secretInfos: declared.secretInfos,
        binding: declared.binding,
        attention: attentionAfter(row, declared),
      };
      try {
        if (!row) {
          await store.insert({
            id: randomUUID(),
            name,
            source: 'config',
            ...content,
          });
        } else if (
          row.withdrawn ||
          row.binding !== declared.binding ||
          JSON.stringify(row.settings) !== JSON.stringify(declared.settings) ||
          JSON.stringify(row.secretInfos) !==
            JSON.stringify(declared.secretInfos)
        ) {
          await store.redeclare(row.id, name, content);
        }
      } catch (error) {
        if (!(error instanceof DatasourceAuthError)) throw error;
        // Several replicas start at once: the second one finds the row of the first.
        const present = await store.findByName(name);
        if (present?.source !== 'config') {
          logger.error(
            `Datasource '${name}' is declared in ${KEY}, but the database has another one with this name, which is used instead. Delete the stored one or rename the declaration.`,
          );
        }
      }
    }
  }
}

/** Derived from the declaration alone. The status of the credential is determined when it is read. */
function attentionAfter(
  before: Pick<DatasourceRecord, 'attention' | 'settings'> | undefined,
  { settings, secrets }: DeclaredDatasource,
): number {
  const state = stateWithoutCredential(settings, new Set(secrets.keys()));
  const known =
    before &&
    hasServiceCredential(before.settings) &&
    before.attention !== attentionRank('NOT_CONFIGURED');
  return state === 'NOT_AUTHORIZED' && known
    ? before.attention
    : attentionRank(state);
}

function readDeclared(
  config: Config,
  policy?: DeclarationPolicy,
): Map<string, DeclaredDatasource> {
  const declared = new Map<string, DeclaredDatasource>();
  const section = config.getOptional<JsonObject>(KEY) ?? {};
  for (const [name, settings] of Object.entries(section)) {
    const parsed = datasourceSettingsSchema.safeParse({
      ...(settings as JsonObject),
      name,
    });
    if (!parsed.success) {
      const faults = parsed.error.issues.map(
        issue => `${[KEY, name, ...issue.path].join('.')}: ${issue.message}`,
      );
      throw new Error(`Invalid configuration. ${faults.join('; ')}`);
    }
    const split = splitSecrets(parsed.data);
    try {
      policy?.assertDeclarable(split.settings);
    } catch (error) {
      throw new Error(
        `Invalid configuration. ${KEY}.${name}: ${(error as Error).message}`,
      );
    }
    const secrets: Secrets = new Map();
    for (const [path, value] of split.changes) {
      if (value !== null) secrets.set(path, value);
    }
    declared.set(name, {
      settings: split.settings,
      secrets,
      secretInfos: Object.fromEntries(
        [...secrets.keys()].map(path => [path, {}]),
      ),
      binding: bindingOf(split.settings),
    });
  }
  return declared;
}
