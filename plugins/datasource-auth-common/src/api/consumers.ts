/**
 * A plugin that used a datasource. Times are the start of an hour.
 *
 * @public
 */
export interface ConsumerUsage {
  /** Plugin ID. `@users` and `@external` stand for users and external tokens that called through the gateway. */
  plugin: string;
  /** Whether it is one of the allowed plugins. */
  allowed: boolean;
  /** When it first requested a token; epoch milliseconds. */
  firstSeenAt?: number;
  /** Start of the hour in which it last received a token; epoch milliseconds. */
  lastUsedAt?: number;
  /** Start of the hour in which it last requested a token without being allowed; epoch milliseconds. */
  lastRefusedAt?: number;
  /** Tokens it received in the last 24 hours. */
  handOuts24h: number;
  /** Tokens that the API rejected in the last 24 hours. */
  rejections24h: number;
  /** Requests it made in the last 24 hours without being allowed. */
  refusals24h: number;
}

/**
 * Consumers affected by a change to a datasource or its credential: those that received tokens in the last 24 hours,
 * most first.
 *
 * @public
 */
export interface Impact {
  /** Consumers that received tokens, most first. */
  consumers: Array<
    Pick<ConsumerUsage, 'plugin' | 'handOuts24h' | 'lastUsedAt'>
  >;
  /** Total number of tokens issued to them. */
  handOuts24h: number;
}

/**
 * Use of a datasource in one hour.
 *
 * @public
 */
export interface UsageHour {
  /** Start of the hour, epoch milliseconds. */
  hour: number;
  /** Tokens issued. */
  handOuts: number;
  /** Tokens that the API rejected. */
  rejections: number;
  /** Requests from plugins that aren't allowed. */
  refusals: number;
}

/**
 * Response of `GET /datasources/{name}/consumers`.
 *
 * @public
 */
export interface Consumers {
  /** Consumers that used the datasource or are allowed to, one entry each. */
  items: ConsumerUsage[];
  /** The last seven days, oldest hour first; hours without use are omitted. */
  hours: UsageHour[];
}

/**
 * Response of `GET /plugins`. It may be incomplete: Backstage knows the plugins of its own backend, and those in
 * `discovery.endpoints`.
 *
 * @public
 */
export interface PluginList {
  /** Plugin IDs, sorted: installed ones, and consumers of datasources that the caller may read. */
  items: string[];
}
