/**
 * One entry of a datasource's timeline.
 *
 * @public
 */
export interface ActivityEntry {
  /** Opaque ID of the entry. */
  id: string;
  /** Epoch milliseconds. */
  at: number;
  /** What happened, such as `updated` or `refreshed`. */
  kind: string;
  /** User entity ref, `plugin:x` or `external:x`. */
  actor?: string;
  /** Details specific to this kind; never a secret or a token. */
  details: Record<string, unknown>;
}

/**
 * Query of `GET /datasources/{name}/activity`.
 *
 * @public
 */
export interface ActivityQuery {
  /** Maximum number of entries on a page. */
  limit?: number;
  /** Epoch milliseconds. Returns only earlier entries. */
  before?: number;
  /** Kinds, comma-separated. */
  kind?: string;
  /** User entity ref, `plugin:x` or `external:x`. Returns only entries by this actor. */
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
  /** Pass this as `before` to get the next page; absent on the last page. */
  nextBefore?: number;
}

/**
 * A setting that a save changed, as listed in the `changes` of an `updated` entry.
 *
 * @public
 */
export interface SettingChange {
  /** Dotted path of the setting. */
  path: string;
  /** The previous value, shortened; absent if there was none, and for secrets. */
  before?: string;
  /** The new value, shortened; absent if there is none, and for secrets. */
  after?: string;
  /** What happened to a secret. Its values are never included. */
  secret?: 'set' | 'replaced' | 'removed';
}
