import {
  DatasourceAuthError,
  DatasourceDrift,
  message,
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

/** A datasource with its decrypted secrets. */
export interface LoadedDatasource {
  record: DatasourceRecord;
  /** Empty if they can't be decrypted. */
  secrets: Secrets;
  unreadable?: UnreadableError;
  /** For a declared one, the settings of its row, which another replica may have written. */
  mirrored?: Pick<DatasourceRecord, 'settings' | 'secretInfos'>;
}

/** Reads stored and declared datasources: their settings and secrets. */
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

  async exists(name: string): Promise<boolean> {
    return (await this.#store.findByName(name)) !== undefined;
  }

  async findById(id: string): Promise<LoadedDatasource | undefined> {
    const record = await this.#store.findById(id);
    return record && this.load(record);
  }

  /** Whether app-config reserves this name. */
  isDeclared(name: string): boolean {
    return this.#declared.has(name);
  }

  /** Decrypts the secrets of a record. Those of a declared one are in the configuration. */
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
      // Computed from the settings, not read from its column: someone who changes the settings in the
      // database can't get the secrets or the credential decrypted for the new destination.
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

  /** Returns what a call to the provider requires. */
  providerContext(
    datasource: Pick<LoadedDatasource, 'record' | 'secrets'>,
    kept: Record<string, string> = {},
  ): ProviderContext {
    const { record, secrets } = datasource;
    const { settings } = record;
    return providerContextOf({ settings, secrets }, this.#callbackUrl, kept);
  }

  /**
   * Returns a keyed hash of what a provider judges. It shows whether that changed, and nothing about the
   * secrets.
   */
  fingerprint(datasource: LoadedDatasource): string {
    return this.#sealer.hash('inputs', providerInputs(datasource));
  }

  /** Whether a provider would now get what this fingerprint was made of. */
  hasSameInputs(datasource: LoadedDatasource, fingerprint: string): boolean {
    return this.#sealer.matches(
      'inputs',
      providerInputs(datasource),
      fingerprint,
    );
  }

  /** Returns how a datasource differs from its declaration. */
  drift(datasource: LoadedDatasource): DatasourceDrift | undefined {
    return driftOf(datasource, this.#declared.get(datasource.record.name));
  }

  /** Returns how each datasource differs from its declaration, if it does. */
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

/** Returns the required parameters that are missing. Checked before each token is returned. */
export const missingOf = memoize((datasource: LoadedDatasource) =>
  missingParameters(datasource.record.settings, secretPaths(datasource)),
);

/** Returns the paths of the secrets that are set, whether or not they can be decrypted. */
export function secretPaths({
  record,
  secrets,
}: LoadedDatasource): Set<string> {
  return new Set([...Object.keys(record.secretInfos), ...secrets.keys()]);
}

/** Returns the place that the secrets of a datasource are encrypted for. */
export function datasourcePlace(id: string, binding: string) {
  return { table: 'datasources' as const, row: id, column: 'sealed', binding };
}

/** The error for a datasource that doesn't exist or that the caller may not know about. */
export function notFound(name: string): DatasourceAuthError {
  return new DatasourceAuthError(message('error.datasourceUnknown', { name }), {
    code: 'not_found',
    statusCode: 404,
  });
}
