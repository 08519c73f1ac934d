import { SchedulerServiceTaskRunner } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { DatasourceAuthService } from 'backstage-plugin-datasource-auth-node';

interface Thing {
  id: number;
  title: string;
}

/**
 * Reads the things of an API on a schedule, and creates a resource for each.
 *
 * It runs in the catalog, so its plugin ID is `catalog`: the datasource must list that as a consumer. A
 * failed run throws, which the scheduler logs, and keeps the entities of the previous run.
 */
export class ThingsProvider implements EntityProvider {
  readonly #tokens: DatasourceAuthService;
  readonly #datasource: string;
  readonly #schedule: SchedulerServiceTaskRunner;

  constructor(options: {
    tokens: DatasourceAuthService;
    datasource: string;
    schedule: SchedulerServiceTaskRunner;
  }) {
    this.#tokens = options.tokens;
    this.#datasource = options.datasource;
    this.#schedule = options.schedule;
  }

  getProviderName(): string {
    return `sample-things:${this.#datasource}`;
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    await this.#schedule.run({
      id: this.getProviderName(),
      fn: signal => this.#refresh(connection, signal),
    });
  }

  async #refresh(
    connection: EntityProviderConnection,
    signal?: AbortSignal,
  ): Promise<void> {
    const things = await this.#read(signal);
    await connection.applyMutation({
      type: 'full',
      entities: things.map(thing => ({
        entity: this.#entityOf(thing),
        locationKey: this.getProviderName(),
      })),
    });
  }

  async #read(signal?: AbortSignal): Promise<Thing[]> {
    const response = await this.#tokens.fetch(
      { datasource: this.#datasource },
      '/things',
      { signal },
    );
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(
        `The API of datasource '${this.#datasource}' returned HTTP ${
          response.status
        }`,
      );
    }
    const { things } = await response.json();
    if (!Array.isArray(things)) {
      throw new Error(
        `The API of datasource '${this.#datasource}' returned no things`,
      );
    }
    return things;
  }

  #entityOf({ id, title }: Thing): Entity {
    const location = `url:datasource/${this.#datasource}/things/${id}`;
    return {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: {
        name: `thing-${id}`,
        title,
        annotations: {
          [ANNOTATION_LOCATION]: location,
          [ANNOTATION_ORIGIN_LOCATION]: location,
        },
      },
      spec: { type: 'thing', owner: 'platform-team' },
    };
  }
}
