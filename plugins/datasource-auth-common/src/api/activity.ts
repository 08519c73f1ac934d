/**
 * One entry of a datasource's timeline.
 *
 * @public
 */
export interface ActivityEntry {
  /** Names it; nothing else follows from it. */
  id: string;
  /** Epoch milliseconds. */
  at: number;
  /** What happened, such as `updated` or `refreshed`. */
  kind: string;
  /** User entity ref, `plugin:x` or `external:x`. */
  actor?: string;
  /** What belongs to this kind; never a secret or a token. */
  details: Record<string, unknown>;
}

/**
 * Query of `GET /datasources/{name}/activity`.
 *
 * @public
 */
export interface ActivityQuery {
  /** Most entries of a page. */
  limit?: number;
  /** Epoch milliseconds: only what happened earlier. */
  before?: number;
  /** Kinds, separated by commas. */
  kind?: string;
  /** User entity ref, `plugin:x` or `external:x`: only what this one did. */
  actor?: string;
}

/**
 * One page of a datasource's timeline, newest first.
 *
 * @public
 */
export interface ActivityPage {
  /** The entries of this page. */
  items: ActivityEntry[];
  /** What the next page is asked for with as `before`; absent on the last one. */
  nextBefore?: number;
}

/**
 * A setting that was changed by a save, as it stands in the `changes` of an `updated` entry.
 *
 * @public
 */
export interface SettingChange {
  /** Dotted path of the setting. */
  path: string;
  /** The value before, in short; absent where there was none, and for a secret. */
  before?: string;
  /** The value since then, in short; absent where there is none, and for a secret. */
  after?: string;
  /** What became of a secret, whose values are told by nobody. */
  secret?: 'set' | 'replaced' | 'removed';
}
