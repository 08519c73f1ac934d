import {
  DatasourceAuthError,
  DatasourceUnavailableError,
  message,
} from 'backstage-plugin-datasource-auth-common';
import { Datasources, LoadedDatasource } from '../datasources/Datasources';
import { retryLostConnection } from './awaiting';
import { Change } from './ChangeFeed';
import { CredentialKey, SERVICE } from '../database/CredentialKey';
import { CredentialRow } from './CredentialRow';
import { CredentialStore } from './CredentialStore';
import { SealedTokens, TokenPayload } from './SealedTokens';
import { SubjectCache } from './SubjectCache';
import { AgreedTerms } from '../settings/connectionTerms';
import { UnreadableError } from '../sealing/Sealer';

/** Milliseconds for which a copy is served without another read. */
const UNVERIFIED = 60_000;

/** A datasource and its credential as they were read, with the decrypted token. */
export interface CredentialCopy {
  key: CredentialKey;
  datasource: LoadedDatasource;
  row?: CredentialRow;
  /** Undefined if there is no token or it can't be decrypted. */
  payload?: TokenPayload;
  /** What the person agreed to, if it is theirs. */
  terms?: AgreedTerms;
  /** The process's monotonic clock at the read. */
  readAt: number;
}

/** A copy, and until when it may be served by the process's monotonic clock. */
interface Kept {
  copy: CredentialCopy;
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
  /** By name and subject, see {@link placeOf}. */
  readonly #copies = new SubjectCache<Kept>({
    dispose: kept => {
      const { datasourceId, subject } = kept.copy.key;
      const ofDatasource = this.#kept.get(datasourceId);
      if (ofDatasource?.get(subject) !== kept) return;
      ofDatasource.delete(subject);
      if (ofDatasource.size === 0) this.#kept.delete(datasourceId);
    },
  });
  /** The same by datasource id and subject. */
  readonly #kept = new Map<string, Map<string, Kept>>();
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
    const kept = this.#copies.of(subject).get(placeOf(name, subject));
    return kept && performance.now() < kept.until ? kept.copy : undefined;
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

  /** Drops what changed: one credential, or all of a datasource. */
  drop({ datasourceId, subject }: Change): void {
    for (const { read } of this.#reads.values()) {
      const isOther =
        (read.datasourceId ?? datasourceId) !== datasourceId ||
        (subject ?? read.subject) !== read.subject;
      if (!isOther) read.isStale = true;
    }
    const ofDatasource = this.#kept.get(datasourceId);
    if (!ofDatasource) return;
    const subjects =
      subject === undefined ? [...ofDatasource.keys()] : [subject];
    for (const each of subjects) {
      const kept = ofDatasource.get(each);
      if (!kept) continue;
      const { name } = kept.copy.datasource.record;
      this.#copies.of(each).delete(placeOf(name, each));
    }
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
    const copy = { key, datasource, row, ...this.#open(row), readAt };
    if (!read.isStale) this.#keep({ copy, until });
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

  #keep(kept: Kept) {
    const { key, datasource } = kept.copy;
    const { datasourceId, subject } = key;
    this.#copies
      .of(subject)
      .set(placeOf(datasource.record.name, subject), kept);
    const ofDatasource = this.#kept.get(datasourceId) ?? new Map();
    this.#kept.set(datasourceId, ofDatasource.set(subject, kept));
  }

  #open(
    row: CredentialRow | undefined,
  ): Pick<CredentialCopy, 'payload' | 'terms'> {
    if (!row?.sealed) return {};
    try {
      return {
        payload: this.#tokens.openRow(row, row.sealed),
        terms: this.#tokens.openTerms(row),
      };
    } catch (error) {
      // The broker decides whether the token is needed, and what to report.
      if (error instanceof UnreadableError) return {};
      throw error;
    }
  }
}

/** Returns the key of a copy. Names contain no space. */
function placeOf(name: string, subject: string): string {
  return `${name} ${subject}`;
}

/** Returns the database's current time, derived from when the copy was read. Epoch milliseconds. */
export function databaseClock(copy: CredentialCopy): number {
  return (copy.row?.readAt ?? Date.now()) + (performance.now() - copy.readAt);
}
