import {
  DatasourceAuthError,
  DatasourceDrift,
} from 'backstage-plugin-datasource-auth-common';
import { Sealer, UnreadableError } from '../sealing/Sealer';
import { ProviderContext } from '../settings/ResolvedSettings';
import { bindingOf } from '../settings/binding';
import { DatasourceRecord } from './DatasourceRecord';
import { DatasourceStore } from './DatasourceStore';
import { DeclaredDatasources } from './DeclaredDatasources';
import { driftOf } from './drift';
import { providerInputs } from '../settings/providerInputs';
import { memoize } from '../settings/memoize';
import { providerContextOf } from '../settings/providerContext';
import { parseSecrets, Secrets } from '../settings/secrets';
import { missingParameters } from '../settings/status';

/** A datasource with its secrets at hand. */
export interface LoadedDatasource {
  record: DatasourceRecord;
  /** Empty where they cannot be read. */
  secrets: Secrets;
  unreadable?: UnreadableError;
  /** Of a declared one: what its row says, where another replica may have written last. */
  mirrored?: Pick<DatasourceRecord, 'settings' | 'secretInfos'>;
}

/**
 * Reads datasources, stored and declared alike: what they are set to and what their secrets are.
 */
export class Datasources {
  readonly #store: DatasourceStore;
  readonly #declared: DeclaredDatasources;
  readonly #sealer: Sealer;
  readonly #callbackUrl: string;

  constructor(options: {
    store: DatasourceStore;
    declared: DeclaredDatasources;
    sealer: Sealer;
    callbackUrl: string;
  }) {
    this.#store = options.store;
    this.#declared = options.declared;
    this.#sealer = options.sealer;
    this.#callbackUrl = options.callbackUrl;
  }

  /** @throws {@link DatasourceAuthError} `not_found` */
  async get(name: string): Promise<LoadedDatasource> {
    const record = await this.#store.findByName(name);
    if (!record) throw notFound(name);
    return this.load(record);
  }

  async findById(id: string): Promise<LoadedDatasource | undefined> {
    const record = await this.#store.findById(id);
    return record && this.load(record);
  }

  /** Whether app-config reserves this name. */
  isDeclared(name: string): boolean {
    return this.#declared.has(name);
  }

  /** Opens the secrets of a record; those of a declared one come from the configuration. */
  load(record: DatasourceRecord): LoadedDatasource {
    if (record.source === 'config') {
      const declared = this.#declared.get(record.name);
      return declared
        ? {
            record: {
              ...record,
              settings: declared.settings,
              binding: declared.binding,
              secretInfos: declared.secretInfos,
            },
            secrets: declared.secrets,
            mirrored: record,
          }
        : { record, secrets: new Map() };
    }
    return this.#open({
      // Computed from the settings, not taken from its column: who points the settings elsewhere in the database gets
      // neither the secrets nor the credential opened for the new place.
      ...record,
      binding: bindingOf(record.settings),
    });
  }

  #open(record: DatasourceRecord): LoadedDatasource {
    if (!record.sealed) return { record, secrets: new Map() };
    try {
      const text = this.#sealer.open(
        record.sealed,
        datasourcePlace(record.id, record.binding),
      );
      return { record, secrets: parseSecrets(text) };
    } catch (error) {
      if (error instanceof UnreadableError) {
        return { record, secrets: new Map(), unreadable: error };
      }
      throw error;
    }
  }

  /** What a call to the provider needs. */
  providerContext(
    datasource: Pick<LoadedDatasource, 'record' | 'secrets'>,
    kept: Record<string, string> = {},
  ): ProviderContext {
    const { record, secrets } = datasource;
    const { settings } = record;
    return providerContextOf({ settings, secrets }, this.#callbackUrl, kept);
  }

  /** A keyed hash of what a provider judges: it tells whether that changed since, and nothing of the secrets. */
  fingerprint(datasource: LoadedDatasource): string {
    return this.#sealer.hash('inputs', providerInputs(datasource));
  }

  /** Whether a provider that is called now judges what this fingerprint was made of. */
  hasSameInputs(datasource: LoadedDatasource, fingerprint: string): boolean {
    return this.#sealer.matches(
      'inputs',
      providerInputs(datasource),
      fingerprint,
    );
  }

  /** How a datasource differs from what app-config says of it. */
  drift(datasource: LoadedDatasource): DatasourceDrift | undefined {
    return driftOf(datasource, this.#declared.get(datasource.record.name));
  }

  /** How each one differs that is not what app-config says. */
  async drifts(): Promise<DatasourceDrift[]> {
    const rows = await this.#store.listDeclared();
    const names = new Set([
      ...this.#declared.names(),
      ...rows.filter(row => !row.withdrawn).map(row => row.name),
    ]);
    const drifts: DatasourceDrift[] = [];
    for (const name of names) {
      const record = await this.#store.findByName(name);
      const drift = record && this.drift(this.load(record));
      if (drift) drifts.push(drift);
    }
    return drifts;
  }
}

/** The required parameters that a datasource lacks. Asked before each hand-out. */
export const missingOf = memoize((datasource: LoadedDatasource) =>
  missingParameters(datasource.record.settings, secretPaths(datasource)),
);

/** Paths of the secrets that are set, readable or not. */
export function secretPaths({
  record,
  secrets,
}: LoadedDatasource): Set<string> {
  return new Set([...Object.keys(record.secretInfos), ...secrets.keys()]);
}

/** Where the secrets of a datasource are sealed for. */
export function datasourcePlace(id: string, binding: string) {
  return { table: 'datasources' as const, row: id, column: 'sealed', binding };
}

/** The answer for what does not exist and for what the caller may not know of. */
export function notFound(name: string): DatasourceAuthError {
  return new DatasourceAuthError(`No datasource named '${name}' found`, {
    code: 'not_found',
    statusCode: 404,
  });
}
