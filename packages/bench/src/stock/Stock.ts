/** One kind of database, with few and with many datasources. */
export interface Stock {
  system: 'PostgreSQL' | 'SQLite';
  /** Where the databases are: a URL, or the path of a file. */
  few: string;
  many: string;
  /** Port at which the provider of the first of them is expected. */
  providerPort: number;
}

/** How many datasources there are. */
export const FEW = 1_000;
export const MANY = 1_000_000;

/** The datasources that have a credential and whose renewal can be made due: first in a list, by name. */
export const RENEWABLE = 100;
