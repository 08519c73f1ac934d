import {
  DatasourceAuthError,
  DatasourceUnavailableError,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { LRUCache } from 'lru-cache';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { retryLostConnection } from './awaiting';
import { Change } from './ChangeFeed';
import { CredentialKey, SERVICE } from '../database/CredentialKey';
import { CredentialRow } from './CredentialRow';
import { CredentialStore } from './CredentialStore';
import { SealedTokens, TokenPayload } from './SealedTokens';
import { UnreadableError } from '../sealing/Sealer';

/** Milliseconds for which a copy is served without another read. */
const UNVERIFIED = 60_000;
/** Copies that are kept. The least recently used one is dropped first. */
const CAPACITY = 5_000;

/** A datasource and its credential as they were read, with the decrypted token. */
export interface CredentialCopy {
  key: CredentialKey;
  datasource: LoadedDatasource;
  row?: CredentialRow;
  /** Undefined if there is no token or it can't be decrypted. */
  payload?: TokenPayload;
  /** The process's monotonic clock at the read. */
  readAt: number;
}

/** A read in progress, and the number of drops when it began. */
interface Read {
  epoch: number;
  copy: Promise<CredentialCopy>;
}

/**
 * Keeps copies, so that serving a fresh token needs no query and no decryption. The change feed drops a copy when its
 * row changes on any replica. No copy is served for more than a minute, so nothing depends on the feed.
 */
export class CredentialMemory {
  readonly #datasources: Datasources;
  readonly #store: CredentialStore;
  readonly #tokens: SealedTokens;
  /** By subject and name, see {@link placeOf}. */
  readonly #copies = new LRUCache<string, CredentialCopy>({
    max: CAPACITY,
    dispose: ({ key: { datasourceId } }, place) => {
      const places = this.#places.get(datasourceId);
      places?.delete(place);
      if (places?.size === 0) this.#places.delete(datasourceId);
    },
  });
  readonly #places = new Map<string, Set<string>>();
  readonly #reads = new Map<string, Read>();
  /** Counts drops. A read that began before a drop is neither kept nor served to later callers. */
  #epoch = 0;

  constructor(options: {
    datasources: Datasources;
    store: CredentialStore;
    tokens: SealedTokens;
  }) {
    this.#datasources = options.datasources;
    this.#store = options.store;
    this.#tokens = options.tokens;
  }

  /** Returns the copy, if it may be served. Synchronous, because this is the hot path. */
  peek(name: string, subject: string = SERVICE): CredentialCopy | undefined {
    const copy = this.#copies.get(placeOf(name, subject));
    return copy && performance.now() - copy.readAt < UNVERIFIED
      ? copy
      : undefined;
  }

  /**
   * Returns the datasource and its credential. Concurrent callers share one read.
   *
   * @throws DatasourceAuthError `not_found`; DatasourceUnavailableError while the database isn't responding
   */
  async get(name: string, subject: string = SERVICE): Promise<CredentialCopy> {
    const copy = this.peek(name, subject);
    if (copy) return copy;
    const place = placeOf(name, subject);
    const running = this.#reads.get(place);
    if (running?.epoch === this.#epoch) return running.copy;
    const read = { epoch: this.#epoch, copy: this.#read(name, subject) };
    this.#reads.set(place, read);
    try {
      return await read.copy;
    } finally {
      if (this.#reads.get(place) === read) this.#reads.delete(place);
    }
  }

  /** Drops what changed: one credential, or all of a datasource. */
  drop({ datasourceId, subject }: Change): void {
    this.#epoch += 1;
    for (const place of [...(this.#places.get(datasourceId) ?? [])]) {
      const copy = this.#copies.peek(place)!;
      if (subject === undefined || copy.key.subject === subject) {
        this.#copies.delete(place);
      }
    }
  }

  async #read(name: string, subject: string): Promise<CredentialCopy> {
    try {
      return await retryLostConnection(() => this.#readOnce(name, subject));
    } catch (error) {
      if (error instanceof DatasourceAuthError) throw error;
      throw new DatasourceUnavailableError(
        message('error.token.unavailable', {
          name,
          why: message('error.token.databaseDown'),
        }),
      );
    }
  }

  async #readOnce(name: string, subject: string): Promise<CredentialCopy> {
    const epoch = this.#epoch;
    const readAt = performance.now();
    const datasource = await this.#datasources.get(name);
    const key = new CredentialKey({
      datasourceId: datasource.record.id,
      subject,
    });
    const row = await this.#store.read(key);
    const copy = { key, datasource, row, payload: this.#open(row), readAt };
    if (epoch === this.#epoch) this.#keep(placeOf(name, subject), copy);
    return copy;
  }

  #keep(place: string, copy: CredentialCopy) {
    this.#copies.set(place, copy);
    const { datasourceId } = copy.key;
    const places = this.#places.get(datasourceId) ?? new Set();
    this.#places.set(datasourceId, places.add(place));
  }

  #open(row: CredentialRow | undefined): TokenPayload | undefined {
    if (!row?.sealed) return undefined;
    try {
      return this.#tokens.openRow(row, row.sealed);
    } catch (error) {
      // The broker decides whether the token is needed, and what to report.
      if (error instanceof UnreadableError) return undefined;
      throw error;
    }
  }
}

/** Returns the key of a copy. Names of datasources contain no space. */
function placeOf(name: string, subject: string): string {
  return `${name} ${subject}`;
}

/** Returns the database's current time, derived from when the copy was read. Epoch milliseconds. */
export function databaseClock(copy: CredentialCopy): number {
  return (copy.row?.readAt ?? Date.now()) + (performance.now() - copy.readAt);
}
