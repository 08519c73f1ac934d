import { Finding } from './Finding';
import { Stock } from '../stock/Stock';

/** What the measurements run against. */
export interface BenchEnvironment {
  /** A PostgreSQL server; each measurement makes databases of its own there. */
  postgres: string;
  /** Databases with a thousand and with a million datasources. */
  stocks: Stock[];
}

/** A path that is measured. */
export interface HotPath {
  /** Names it on the command line. */
  name: string;
  title: string;
  /** How it is measured, for the reader of the table. Markdown. */
  method: string;
  /** What a reader of its lines should know, such as the cause of a missed target. Markdown. */
  remark?: string;
  /** Whether the databases of {@link Surroundings.stocks} are needed. */
  needsStock?: boolean;
  measure(surroundings: BenchEnvironment): Promise<Finding[]>;
}
