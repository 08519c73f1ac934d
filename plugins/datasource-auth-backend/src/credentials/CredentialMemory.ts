import {
  DatasourceAuthError,
  DatasourceUnavailableError,
} from 'backstage-plugin-datasource-auth-common';
import { LRUCache } from 'lru-cache';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { againWhenCut } from './awaiting';
import { CredentialRow } from './CredentialRow';
import { CredentialStore } from './CredentialStore';
import { SealedTokens, TokenPayload } from './SealedTokens';
import { UnreadableError } from '../sealing/Sealer';

/** How long a copy may be served without being looked up again. Milliseconds. */
const UNVERIFIED = 60_000;
/** Copies that are kept; the least recently used goes first. */
const CAPACITY = 5_000;

/** A datasource and its credential as they were read, with the token in the clear. */
export interface CredentialCopy {
  datasource: LoadedDatasource;
  row?: CredentialRow;
  /** Nothing where there is no token, and where it cannot be read. */
  payload?: TokenPayload;
  /** This process's monotonic clock when it was read. */
  readAt: number;
}

/** A read under way, and how many drops there had been when it began. */
interface Read {
  epoch: number;
  copy: Promise<CredentialCopy>;
}

/**
 * Copies of what is served, so that a fresh token costs neither a query nor a decryption. The change feed drops a copy
 * as soon as its row changed, on whatever replica; none is served for more than a minute without being read again, so
 * nothing depends on the feed.
 */
export class CredentialMemory {
  readonly #datasources: Datasources;
  readonly #store: CredentialStore;
  readonly #tokens: SealedTokens;
  readonly #byName = new LRUCache<string, CredentialCopy>({
    max: CAPACITY,
    dispose: copy => this.#namesById.delete(copy.datasource.record.id),
  });
  readonly #namesById = new Map<string, string>();
  readonly #reads = new Map<string, Read>();
  /** Counts drops: a read that began before one neither keeps what it found nor serves those who ask after it. */
  #epoch = 0;

  static create(options: {
    datasources: Datasources;
    store: CredentialStore;
    tokens: SealedTokens;
  }): CredentialMemory {
    return new CredentialMemory(options);
  }

  private constructor(options: Parameters<typeof CredentialMemory.create>[0]) {
    this.#datasources = options.datasources;
    this.#store = options.store;
    this.#tokens = options.tokens;
  }

  /** The copy, if there is one that may be served. Synchronous: this is the hot path. */
  peek(name: string): CredentialCopy | undefined {
    const copy = this.#byName.get(name);
    return copy && performance.now() - copy.readAt < UNVERIFIED
      ? copy
      : undefined;
  }

  /**
   * The datasource and its credential, read once for all who ask at the same time.
   *
   * @throws DatasourceAuthError `not_found`; DatasourceUnavailableError while the database does not answer
   */
  async get(name: string): Promise<CredentialCopy> {
    const copy = this.peek(name);
    if (copy) return copy;
    const running = this.#reads.get(name);
    if (running?.epoch === this.#epoch) return running.copy;
    const read = { epoch: this.#epoch, copy: this.#read(name) };
    this.#reads.set(name, read);
    try {
      return await read.copy;
    } finally {
      if (this.#reads.get(name) === read) this.#reads.delete(name);
    }
  }

  /** Forgets a datasource whose row changed. */
  drop(datasourceId: string): void {
    this.#epoch += 1;
    this.#forget(datasourceId);
  }

  #forget(datasourceId: string) {
    const name = this.#namesById.get(datasourceId);
    if (name !== undefined) this.#byName.delete(name);
  }

  async #read(name: string): Promise<CredentialCopy> {
    try {
      return await againWhenCut(() => this.#readOnce(name));
    } catch (error) {
      if (error instanceof DatasourceAuthError) throw error;
      throw new DatasourceUnavailableError(
        `No token for datasource '${name}' now: The database did not answer as it should`,
      );
    }
  }

  async #readOnce(name: string): Promise<CredentialCopy> {
    const epoch = this.#epoch;
    const readAt = performance.now();
    const datasource = await this.#datasources.get(name);
    const row = await this.#store.read(datasource.record.id);
    const copy = { datasource, row, payload: this.#open(row), readAt };
    if (epoch === this.#epoch) this.#keep(name, copy);
    return copy;
  }

  #keep(name: string, copy: CredentialCopy) {
    this.#byName.set(name, copy);
    this.#namesById.set(copy.datasource.record.id, name);
  }

  #open(row: CredentialRow | undefined): TokenPayload | undefined {
    if (!row?.sealed) return undefined;
    try {
      return this.#tokens.openRow(row, row.sealed);
    } catch (error) {
      // Whether the token is still wanted, and what to say of it, is the broker's to decide.
      if (error instanceof UnreadableError) return undefined;
      throw error;
    }
  }
}

/** The database's clock now, reckoned from when the copy was read. Epoch milliseconds. */
export function databaseClock(copy: CredentialCopy): number {
  return (copy.row?.readAt ?? Date.now()) + (performance.now() - copy.readAt);
}
