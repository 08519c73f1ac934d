import {
  DatasourceAuthError,
  DatasourceUnavailableError,
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

/** How long a copy may be served without being looked up again. Milliseconds. */
const UNVERIFIED = 60_000;
/** Copies that are kept; the least recently used goes first. */
const CAPACITY = 5_000;

/** A datasource and its credential as they were read, with the token in the clear. */
export interface CredentialCopy {
  key: CredentialKey;
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
  /** By subject and name, see {@link placeOf}. */
  readonly #copies = new LRUCache<string, CredentialCopy>({
    max: CAPACITY,
    dispose: ({ key: { datasourceId } }, place) => {
      const places = this.#places.get(datasourceId);
      places?.delete(place);
      if (places?.size === 0) this.#places.delete(datasourceId);
    },
  });
  /** The places of the copies of a datasource, by its id. */
  readonly #places = new Map<string, Set<string>>();
  readonly #reads = new Map<string, Read>();
  /** Counts drops: a read that began before one neither keeps what it found nor serves those who ask after it. */
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

  /** The copy, if there is one that may be served. Synchronous: this is the hot path. */
  peek(name: string, subject: string = SERVICE): CredentialCopy | undefined {
    const copy = this.#copies.get(placeOf(name, subject));
    return copy && performance.now() - copy.readAt < UNVERIFIED
      ? copy
      : undefined;
  }

  /**
   * The datasource and its credential, read once for all who ask at the same time.
   *
   * @throws DatasourceAuthError `not_found`; DatasourceUnavailableError while the database does not answer
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

  /** Forgets what changed: one credential, or all of a datasource. */
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
        `No token for datasource '${name}' now: The database did not answer as it should`,
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
      // Whether the token is still wanted, and what to say of it, is the broker's to decide.
      if (error instanceof UnreadableError) return undefined;
      throw error;
    }
  }
}

/** Where a copy is kept. Names of datasources hold no space. */
function placeOf(name: string, subject: string): string {
  return `${name} ${subject}`;
}

/** The database's clock now, reckoned from when the copy was read. Epoch milliseconds. */
export function databaseClock(copy: CredentialCopy): number {
  return (copy.row?.readAt ?? Date.now()) + (performance.now() - copy.readAt);
}
