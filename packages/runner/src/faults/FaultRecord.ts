import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { JestResults } from '../checks/Tally';
import { FaultFigures } from './report';

interface Entry {
  passed: boolean;
  /** Absent for a test that counts no requests. */
  figures?: FaultFigures;
}

/**
 * Results of the last run of each fault test. Some tests can run again after a fix, and replace their earlier
 * results. A test that no longer exists is removed.
 */
export class FaultRecord {
  readonly #file: string;
  #entries: Map<string, Entry>;

  /** Reads the results of earlier runs from a file. */
  static open(file: string): FaultRecord {
    const entries: Array<[string, Entry]> = existsSync(file)
      ? JSON.parse(readFileSync(file, 'utf8'))
      : [];
    return new FaultRecord(file, new Map(entries));
  }

  private constructor(file: string, entries: Map<string, Entry>) {
    this.#file = file;
    this.#entries = entries;
  }

  /** Adds a run: all existing tests, and the outcome and results of those that ran. */
  add(results: JestResults, figures: FaultFigures[]): void {
    const met = new Map(figures.map(each => [each.test, each]));
    const entries = new Map<string, Entry>();
    for (const test of results.testResults.flatMap(
      file => file.assertionResults,
    )) {
      const { fullName, status } = test;
      const entry =
        status === 'passed' || status === 'failed'
          ? { passed: status === 'passed', figures: met.get(fullName) }
          : this.#entries.get(fullName);
      if (entry) entries.set(fullName, entry);
    }
    this.#entries = entries;
  }

  save(): void {
    writeFileSync(this.#file, JSON.stringify([...this.#entries]));
  }

  get figures(): FaultFigures[] {
    return [...this.#entries.values()].flatMap(each => each.figures ?? []);
  }

  get passed(): number {
    return [...this.#entries.values()].filter(({ passed }) => passed).length;
  }

  get failed(): number {
    return this.#entries.size - this.passed;
  }
}
