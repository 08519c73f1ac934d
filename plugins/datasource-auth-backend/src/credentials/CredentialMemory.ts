import {
  DatasourceAuthError,
  DatasourceUnavailableError,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { retryLostConnection } from './awaiting';
import { Change } from './ChangeFeed';
import { CredentialKey, SERVICE } from '../database/CredentialKey';
import { CredentialRow, sharedText } from './CredentialRow';
import { CredentialStore } from './CredentialStore';
import { SealedTokens, TokenPayload } from './SealedTokens';
import { SubjectCache } from './SubjectCache';
import { AgreedTerms } from '../settings/connectionTerms';
import { UnreadableError } from '../sealing/Sealer';

/** Milliseconds for which a copy is served without another read. */
const UNVERIFIED = 60_000;

const NOTHING = Object.freeze<Record<string, string>>({});

/**
 * A datasource and its credential as they were read, with the decrypted token. There can be one for each of 10,000
 * people, so it holds only what serving a token needs, and shares what is the same for others.
 */
export interface CredentialCopy {
  key: CredentialKey;
  datasource: LoadedDatasource;
  /** Without the encrypted terms. */
  row?: CredentialRow;
  /** Without the refresh token. Undefined if there is no token or it can't be decrypted. */
  payload?: TokenPayload;
  /** What the person agreed to, if it is theirs. */
  terms?: AgreedTerms;
  /** The process's monotonic clock at the read. */
  readAt: number;
  /** Until when it may be served, by that clock. */
  until: number;
}

/** A read in progress. */
interface Read {
  subject: string;
  /** Unknown until the datasource was read. */
  datasourceId?: string;
  /** Whether what it reads was dropped meanwhile. Then it is neither kept nor served to later callers. */
  isStale: boolean;
}

/**
 * Keeps copies, so that serving a fresh token needs no query and no decryption. The change feed drops a copy when its
 * row changes on any replica. No copy is served for more than a minute, so nothing depends on the feed.
 */
export class CredentialMemory {
  readonly #datasources: Datasources;
  readonly #store: CredentialStore;
  readonly #tokens: SealedTokens;
  /** Those of the service by name, those of people by {@link CredentialKey.text}. */
  readonly #copies = new SubjectCache<CredentialCopy>();
  /** By name and subject. */
  readonly #reads = new Map<
    string,
    { read: Read; copy: Promise<CredentialCopy> }
  >();

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
    const shared = this.#copies.of(SERVICE).get(name);
    const copy =
      shared && subject !== SERVICE
        ? this.#copies
            .of(subject)
            .get(placeOf(shared.key.datasourceId, subject))
        : shared;
    return copy && performance.now() < copy.until ? copy : undefined;
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
    if (running && !running.read.isStale) return running.copy;
    const read: Read = { subject, isStale: false };
    const begun = { read, copy: this.#read(name, read) };
    this.#reads.set(place, begun);
    try {
      return await begun.copy;
    } finally {
      if (this.#reads.get(place) === begun) this.#reads.delete(place);
    }
  }

  /**
   * Drops what changed: one credential, or all of a datasource. A notification is faster than the feed's query, which
   * finds the same change again: copies that were read after it stay.
   */
  drop({ datasourceId, subject, at }: Change): void {
    for (const { read } of this.#reads.values()) {
      const isOther =
        (read.datasourceId ?? datasourceId) !== datasourceId ||
        (subject ?? read.subject) !== read.subject;
      if (!isOther) read.isStale = true;
    }
    const isStale = ({ row, datasource }: CredentialCopy) =>
      at === undefined ||
      (subject === undefined ? datasource.record : row)?.changedAt !== at;
    if (subject !== undefined && subject !== SERVICE) {
      const copies = this.#copies.of(subject);
      const place = placeOf(datasourceId, subject);
      const copy = copies.peek(place);
      if (copy && isStale(copy)) copies.delete(place);
      return;
    }
    const services = this.#copies.of(SERVICE);
    for (const [name, copy] of [...services.entries()]) {
      if (copy.key.datasourceId === datasourceId && isStale(copy)) {
        services.delete(name);
      }
    }
    if (subject === undefined) this.#copies.dropPeople(datasourceId);
  }

  async #read(name: string, read: Read): Promise<CredentialCopy> {
    try {
      return await retryLostConnection(() => this.#readOnce(name, read));
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

  async #readOnce(name: string, read: Read): Promise<CredentialCopy> {
    const { subject } = read;
    const readAt = performance.now();
    const { datasource, until } = await this.#datasourceFor(name, subject);
    const key = new CredentialKey({
      datasourceId: datasource.record.id,
      subject,
    });
    read.datasourceId = key.datasourceId;
    const row = await this.#store.read(key);
    const { payload, terms } = this.#open(row);
    const copy: CredentialCopy = {
      key: row?.key ?? key,
      datasource,
      row: row && { ...row, sealedTerms: undefined },
      payload,
      terms,
      readAt,
      until,
    };
    if (!read.isStale) this.#keep(copy);
    return copy;
  }

  /**
   * Returns the datasource, and until when it may be served. The copies of people share it with the one of the service:
   * it is most of what they take up.
   */
  async #datasourceFor(name: string, subject: string) {
    if (subject === SERVICE) {
      const until = performance.now() + UNVERIFIED;
      return { datasource: await this.#datasources.get(name), until };
    }
    const { datasource, readAt } = await this.get(name);
    return { datasource, until: readAt + UNVERIFIED };
  }

  #keep(copy: CredentialCopy) {
    const { key, datasource } = copy;
    this.#copies
      .of(key.subject)
      .set(key.isPersonal ? key.text : datasource.record.name, copy);
  }

  #open(
    row: CredentialRow | undefined,
  ): Pick<CredentialCopy, 'payload' | 'terms'> {
    if (!row?.sealed) return {};
    try {
      return {
        payload: servedOf(this.#tokens.openRow(row, row.sealed), row),
        terms: this.#tokens.openTerms(row),
      };
    } catch (error) {
      // The broker decides whether the token is needed, and what to report.
      if (error instanceof UnreadableError) return {};
      throw error;
    }
  }
}

/** Returns all but what only a refresh needs, which opens the row that it read itself. */
function servedOf(payload: TokenPayload, row: CredentialRow): TokenPayload {
  const { refreshToken, answer, ...served } = payload;
  return {
    ...served,
    tokenType: sharedText(served.tokenType),
    kept: Object.keys(served.kept).length === 0 ? NOTHING : served.kept,
    apiOrigins: row.apiOrigins,
  };
}

/** Returns the key of a copy or a read. Neither names nor ids contain a space. */
function placeOf(name: string, subject: string): string {
  return `${name} ${subject}`;
}

/** Returns the database's current time, derived from when the copy was read. Epoch milliseconds. */
export function databaseClock(copy: CredentialCopy): number {
  return (copy.row?.readAt ?? Date.now()) + (performance.now() - copy.readAt);
}
