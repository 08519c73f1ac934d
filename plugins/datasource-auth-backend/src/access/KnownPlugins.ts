import { RootSystemMetadataService } from '@backstage/backend-plugin-api';
import {
  datasourceReadPermission,
  PLUGIN_ID_PATTERN,
  PluginList,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceStore } from '../datasources/DatasourceStore';
import { AccessControl } from './AccessControl';
import { AccessOptions, resourceOf } from './DatasourceRights';

/** Datasources that are searched for consumers. */
const SEARCHED = 500;

/**
 * Lists plugins for those who choose consumers.
 *
 * Backstage knows the plugins of this backend and those in `discovery.endpoints`. With other routing, plugins of other
 * backends are missing, so the consumers of datasources that the caller may read are added.
 */
export class KnownPlugins {
  readonly #access: AccessControl;
  readonly #store: DatasourceStore;
  readonly #systemMetadata: RootSystemMetadataService;

  constructor(options: {
    access: AccessControl;
    store: DatasourceStore;
    systemMetadata: RootSystemMetadataService;
  }) {
    this.#access = options.access;
    this.#store = options.store;
    this.#systemMetadata = options.systemMetadata;
  }

  async list({ caller }: AccessOptions): Promise<PluginList> {
    await this.#access.assertMayChooseConsumers(caller);
    const installed = await this.#systemMetadata.getInstalledPlugins();
    const ids = new Set([
      ...installed.map(({ pluginId }) => pluginId),
      ...(await this.#consumers({ caller })),
    ]);
    // It takes no tokens from itself.
    ids.delete('datasource-auth');
    return { items: [...ids].filter(id => PLUGIN_ID_PATTERN.test(id)).sort() };
  }

  async #consumers({ caller }: AccessOptions): Promise<string[]> {
    const reads = await this.#access.reads(caller, datasourceReadPermission);
    const { items } = await this.#store.list(
      { condition: reads.condition },
      { limit: SEARCHED },
    );
    return items
      .filter(record => reads(resourceOf(record)))
      .flatMap(({ settings: { consumers } }) =>
        consumers === '*' ? [] : consumers,
      );
  }
}
