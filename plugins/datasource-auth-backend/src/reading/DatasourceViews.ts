import {
  AllowedActions,
  ConsumableDatasource,
  Datasource,
  DatasourceAuthError,
  DatasourceList,
  DatasourceListQuery,
  DatasourceSettingsView,
  DatasourceState,
  DatasourceStatus,
  DatasourceSummary,
  hasPersonalCredentials,
  oauth2Settings,
  message,
  TestResult,
} from 'backstage-plugin-datasource-auth-common';
import { z } from 'zod';
import { mayConsume } from '../settings/consumers';
import { redirectUriFor } from '../settings/redirectUri';
import {
  Datasources,
  LoadedDatasource,
  notFound,
} from '../datasources/Datasources';
import { CredentialStore } from '../credentials/CredentialStore';
import { DatasourceStatuses } from '../credentials/DatasourceStatuses';
import { DatasourceRecord, apiHostOf } from '../datasources/DatasourceRecord';
import {
  cursorAfter,
  DatasourceCursor,
  DatasourceStore,
} from '../datasources/DatasourceStore';
import { DatasourceFilter } from '../datasources/whereFilter';
import { viewSettings } from '../settings/secrets';
import { attentionRank } from '../settings/status';
import { DatasourceCondition } from '../datasources/whereCondition';

/** A datasource for a reader, or for a plugin that may consume it. */
export type DatasourceView = Datasource | ConsumableDatasource;

/** The query of a list. */
export type ListQuery = DatasourceListQuery & { limit: number };

/** Shows datasources as the HTTP API returns them: never a secret. */
export class DatasourceViews {
  readonly #store: DatasourceStore;
  readonly #datasources: Datasources;
  readonly #statuses: DatasourceStatuses;
  readonly #credentials: CredentialStore;
  readonly #callbackUrl: string;

  constructor(options: {
    store: DatasourceStore;
    datasources: Datasources;
    statuses: DatasourceStatuses;
    credentials: CredentialStore;
    callbackUrl: string;
  }) {
    this.#store = options.store;
    this.#datasources = options.datasources;
    this.#statuses = options.statuses;
    this.#credentials = options.credentials;
    this.#callbackUrl = options.callbackUrl;
  }

  async list(
    query: ListQuery,
    access: {
      /** The datasources that the caller may see, as a condition on rows and as a check of each. */
      condition?: DatasourceCondition;
      visible: (record: DatasourceRecord) => boolean;
      allowed: (record: DatasourceRecord) => AllowedActions;
      mayCreate: boolean;
    },
  ): Promise<DatasourceList> {
    const filter = { ...filterOf(query), condition: access.condition };
    const { records, next } = await this.#page(query, filter, access.visible);
    const loaded = records.map(record => this.#datasources.load(record));
    const statuses = await this.#statuses.ofMany(loaded);
    return {
      items: loaded.map(({ record }, index): DatasourceSummary => {
        const { settings } = record;
        return {
          name: record.name,
          title: settings.title,
          owner: settings.owner,
          tags: settings.tags,
          source: record.source,
          type: settings.auth.type,
          grantType: oauth2Settings(settings.auth)?.grantType,
          host: apiHostOf(settings),
          consumers: settings.consumers,
          status: statuses[index],
          version: record.version,
          allowed: access.allowed(record),
        };
      }),
      nextCursor: next && encodeCursor(next),
      totalItems: await this.#store.count(filter),
      mayCreate: access.mayCreate,
    };
  }

  async listConsumable(
    query: ListQuery,
    plugin: string,
  ): Promise<{ items: ConsumableDatasource[]; nextCursor?: string }> {
    assertForPlugins(query);
    const filter: DatasourceFilter = {
      ...filterOf(query),
      // A plugin sees neither host nor owner.
      searched: ['sort_key', 'name'],
      consumers: [plugin],
    };
    const { records, next } = await this.#page(query, filter, record =>
      mayConsume(this.#datasources.load(record).record.settings, plugin),
    );
    const loaded = records.map(record => this.#datasources.load(record));
    const statuses = await this.#statuses.ofMany(loaded);
    return {
      items: loaded.map(({ record }, index) => ({
        name: record.name,
        title: record.settings.title,
        status: {
          state: statuses[index].state,
          reason: statuses[index].reason,
        },
      })),
      nextCursor: next && encodeCursor(next),
    };
  }

  async consumable(
    datasource: LoadedDatasource,
    plugin: string,
  ): Promise<ConsumableDatasource> {
    const { record } = datasource;
    if (!mayConsume(record.settings, plugin)) throw notFound(record.name);
    const { state, reason } = await this.#statuses.of(datasource);
    return {
      name: record.name,
      title: record.settings.title,
      status: { state, reason },
    };
  }

  async full(
    datasource: LoadedDatasource,
    allowed: AllowedActions,
  ): Promise<Datasource> {
    const { record } = datasource;
    const view = viewSettings(
      record.settings,
      record.secretInfos,
    ) as unknown as DatasourceSettingsView;
    const status = await this.#statuses.of(datasource);
    return {
      ...view,
      source: record.source,
      drift: this.#datasources.drift(datasource),
      version: record.version,
      status,
      failedTest: failedTestOf(record, status),
      ...(hasPersonalCredentials(record.settings) && {
        connections: await this.#credentials.countPersonal(record.id),
      }),
      allowed,
      callbackUrl: redirectUriFor(
        this.#callbackUrl,
        record.name,
        oauth2Settings(record.settings.auth)?.redirectUri,
      ),
      createdAt: record.createdAt,
      createdBy: record.createdBy,
      updatedAt: record.updatedAt,
      updatedBy: record.updatedBy,
    };
  }

  /**
   * Returns one page of what the caller may see. The filter excludes hidden datasources, and `visible` those that the
   * filter couldn't. Neither the length of the page nor its cursor reveals them, because the cursor is made of the last
   * visible datasource.
   */
  async #page(
    query: ListQuery,
    filter: DatasourceFilter,
    visible: (record: DatasourceRecord) => boolean,
  ): Promise<{ records: DatasourceRecord[]; next?: DatasourceCursor }> {
    const found: DatasourceRecord[] = [];
    let after = query.cursor ? decodeCursor(query.cursor) : undefined;
    do {
      const { items, next } = await this.#store.list(filter, {
        // One more than shown: a next page exists only if it is visible.
        limit: query.limit + 1 - found.length,
        after,
      });
      found.push(...items.filter(visible));
      after = next;
    } while (after && found.length <= query.limit);
    const records = found.slice(0, query.limit);
    const hasMore = found.length > query.limit;
    return {
      records,
      next: hasMore ? cursorAfter(records[records.length - 1]) : undefined,
    };
  }
}

/** Returns the last test if it failed and nothing that worked since contradicts it. */
function failedTestOf(
  { failedTest }: DatasourceRecord,
  { obtainedAt = 0, verifiedAt = 0 }: DatasourceStatus,
): TestResult | undefined {
  if (!failedTest) return undefined;
  const gotNoToken = failedTest.steps.some(
    ({ step, ok }) => step === 'token' && !ok,
  );
  const worked = Math.max(verifiedAt, gotNoToken ? obtainedAt : 0);
  return worked > failedTest.testedAt ? undefined : failedTest;
}

/** Filters reveal whether something matches, so a plugin can only filter by what it sees. */
function assertForPlugins(query: ListQuery): void {
  const hidden = (['owner', 'way', 'consumer'] as const).filter(
    name => query[name] !== undefined,
  );
  if (hidden.length > 0) {
    throw new DatasourceAuthError(
      message('error.pluginFilters', { filters: hidden.join(', ') }),
      { code: 'invalid_request', statusCode: 400 },
    );
  }
}

function filterOf(query: ListQuery): DatasourceFilter {
  const states = split(query.status) as DatasourceState[] | undefined;
  let attentions = states
    ?.map(attentionRank)
    .filter(attention => attention !== undefined);
  const consumer = query.consumer?.trim();
  if (query.attention === 'true') attentions = attentions ?? [1, 2, 3];
  if (query.attention === 'false') attentions = [0];
  return {
    search: query.search?.trim() || undefined,
    attentions,
    perUser: perUserOf(states),
    ways: split(query.way),
    owners: split(query.owner?.toLowerCase()),
    consumers: consumer ? [consumer] : undefined,
  };
}

/** Datasources with and without a shared credential have the same rank if they need no attention. */
function perUserOf(states: DatasourceState[] | undefined) {
  const shared = states?.includes('AUTHORIZED') ?? true;
  const perUser = states?.includes('PER_USER') ?? true;
  return shared === perUser ? undefined : perUser;
}

function split(list: string | undefined): string[] | undefined {
  const values = list?.split(',').filter(Boolean);
  return values?.length ? values : undefined;
}

function encodeCursor(cursor: DatasourceCursor): string {
  return Buffer.from(
    JSON.stringify([cursor.attention, cursor.sortKey, cursor.id]),
  ).toString('base64url');
}

function decodeCursor(text: string): DatasourceCursor {
  try {
    const [attention, sortKey, id] = JSON.parse(
      Buffer.from(text, 'base64url').toString(),
    );
    if (
      [0, 1, 2, 3].includes(attention) &&
      typeof sortKey === 'string' &&
      !sortKey.includes('\0') &&
      z.uuid().safeParse(id).success
    ) {
      return { attention, sortKey, id };
    }
  } catch {
    // Falls through: a cursor that is no cursor.
  }
  throw new DatasourceAuthError(message('error.cursor'), {
    code: 'invalid_request',
    statusCode: 400,
  });
}
