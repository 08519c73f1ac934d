import { Finding } from './Finding';
import { Stock } from '../stock/Stock';

/** What the measurements run against. */
export interface BenchEnvironment {
  /** A PostgreSQL server. Each measurement creates its own databases there. */
  postgres: string;
  /** Databases with a thousand and with a million datasources. */
  stocks: Stock[];
}

/** A measured path. */
export interface HotPath {
  /** Name on the command line. */
  name: string;
  title: string;
  /** How it is measured, for readers of the table. Markdown. */
  method: string;
  /** What readers of its lines should know, such as the cause of a missed target. Markdown. */
  remark?: string;
  /** Whether it needs the databases of {@link Surroundings.stocks}. */
  needsStock?: boolean;
  measure(surroundings: BenchEnvironment): Promise<Finding[]>;
}
