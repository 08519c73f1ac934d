import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { JestResults } from '../checks/Tally';
import { FaultFigures } from './report';

interface Entry {
  passed: boolean;
  /** Nothing for a test that counts no calls. */
  figures?: FaultFigures;
}

/**
 * What the tests that break renewals met, each in its last run: some of them can be run again, after what failed was
 * mended, and take the place of their earlier runs. A test that is there no more leaves the record.
 */
export class FaultRecord {
  readonly #file: string;
  #entries: Map<string, Entry>;

  /** What earlier runs left in a file, or nothing. */
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

  /** Takes over a run: all tests that there are, and of those that ran how they ended and what they met. */
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
