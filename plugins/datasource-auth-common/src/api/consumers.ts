/**
 * Who used a datasource. Times are the beginning of an hour.
 *
 * @public
 */
export interface ConsumerUsage {
  /** Plugin id; `@users` and `@external` are the people and the external tokens that came through the gateway. */
  plugin: string;
  /** Whether it is among the consumers. */
  allowed: boolean;
  /** Start of the hour in which it first asked; epoch milliseconds. */
  firstSeenAt?: number;
  /** Start of the hour in which it was last given a token; epoch milliseconds. */
  lastUsedAt?: number;
  /** Tokens it was given in the last 24 hours. */
  handOuts24h: number;
  /** Tokens that the API rejected in the last 24 hours. */
  rejections24h: number;
  /** Times it asked without being allowed. */
  refusals24h: number;
}

/**
 * Whom a change of a datasource or its credential touches: who took tokens in the last 24 hours, most first.
 *
 * @public
 */
export interface Impact {
  /** Who took tokens, most first. */
  consumers: Array<
    Pick<ConsumerUsage, 'plugin' | 'handOuts24h' | 'lastUsedAt'>
  >;
  /** Tokens that all of them were given. */
  handOuts24h: number;
}

/**
 * How often a datasource was used in one hour.
 *
 * @public
 */
export interface UsageHour {
  /** Start of the hour, epoch milliseconds. */
  hour: number;
  /** Tokens that were given. */
  handOuts: number;
  /** Tokens that an API rejected. */
  rejections: number;
  /** Requests of plugins that are not among the consumers. */
  refusals: number;
}

/**
 * Answer of `GET /datasources/{name}/consumers`.
 *
 * @public
 */
export interface Consumers {
  /** Who used it or may, one entry each. */
  items: ConsumerUsage[];
  /** The last seven days, oldest hour first; hours without use are left out. */
  hours: UsageHour[];
}
