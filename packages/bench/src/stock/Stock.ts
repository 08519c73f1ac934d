/** One kind of database, with few and with many datasources. */
export interface Stock {
  system: 'PostgreSQL' | 'SQLite';
  /** URL of the database, or path of its file. */
  few: string;
  many: string;
  /** Port of the provider of the first datasources. */
  providerPort: number;
}

/** Number of datasources. */
export const FEW = 1_000;
export const MANY = 1_000_000;

/** Datasources with a credential whose refresh can be made due. By name, they are first in a list. */
export const RENEWABLE = 100;
