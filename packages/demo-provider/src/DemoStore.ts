import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { AdapterPayload } from 'oidc-provider';

interface Row {
  payload: AdapterPayload;
  /** Epoch milliseconds. */
  expiresAt?: number;
}

interface Snapshot {
  rows: Array<[string, Row]>;
  secrets: Record<string, unknown>;
}

/** Cleans up once in this many writes. */
const WRITES_BETWEEN_SWEEPS = 200;

/**
 * Stores everything in memory and, given a file, on disk. Every write replaces the file atomically, so that a
 * killed provider restarts with the refresh token it issued last.
 */
export class DemoStore {
  readonly #file?: string;
  readonly #rows: Map<string, Row>;
  readonly #secrets: Record<string, unknown>;
  #writes = 0;

  static open(options: { file?: string } = {}): DemoStore {
    const { file } = options;
    const snapshot: Snapshot | undefined =
      file && existsSync(file)
        ? JSON.parse(readFileSync(file, 'utf8'))
        : undefined;
    return new DemoStore(snapshot, file);
  }

  private constructor(snapshot?: Snapshot, file?: string) {
    this.#file = file;
    this.#rows = new Map(snapshot?.rows);
    this.#secrets = snapshot?.secrets ?? {};
  }

  /** Returns a value that is created once and then kept, such as a signing key. */
  secret<T>(name: string, make: () => T): T {
    if (!(name in this.#secrets)) {
      this.#secrets[name] = make();
      this.#written();
    }
    return this.#secrets[name] as T;
  }

  get(model: string, id: string): AdapterPayload | undefined {
    const row = this.#rows.get(`${model}:${id}`);
    return row && !isPast(row) ? row.payload : undefined;
  }

  find(
    model: string,
    matches: (payload: AdapterPayload) => boolean,
  ): AdapterPayload[] {
    const found: AdapterPayload[] = [];
    for (const [key, row] of this.#rows) {
      if (key.startsWith(`${model}:`) && !isPast(row) && matches(row.payload)) {
        found.push(row.payload);
      }
    }
    return found;
  }

  set(model: string, id: string, payload: AdapterPayload, seconds?: number) {
    this.#rows.set(`${model}:${id}`, {
      payload,
      expiresAt: seconds ? Date.now() + seconds * 1000 : undefined,
    });
    this.#written();
  }

  delete(model: string, id: string) {
    this.#rows.delete(`${model}:${id}`);
    this.#written();
  }

  /** Removes a grant and all its tokens. */
  deleteFamily(grantId: string) {
    for (const [key, { payload }] of this.#rows) {
      if (payload.grantId === grantId) this.#rows.delete(key);
    }
    this.#rows.delete(`Grant:${grantId}`);
    this.#written();
  }

  #written() {
    this.#writes += 1;
    if (this.#writes % WRITES_BETWEEN_SWEEPS === 0) {
      for (const [key, row] of this.#rows) {
        if (isPast(row)) this.#rows.delete(key);
      }
    }
    if (this.#file) {
      const snapshot: Snapshot = {
        rows: [...this.#rows].filter(([, row]) => !isPast(row)),
        secrets: this.#secrets,
      };
      const draft = `${this.#file}.new`;
      writeFileSync(draft, JSON.stringify(snapshot), { mode: 0o600 });
      renameSync(draft, this.#file);
    }
  }
}

function isPast(row: Row): boolean {
  return row.expiresAt !== undefined && row.expiresAt <= Date.now();
}
