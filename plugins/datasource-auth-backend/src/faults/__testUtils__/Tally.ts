import { appendFileSync } from 'node:fs';
import { Since } from './Installation';
import { Taken } from './Replica';

/** The results of one run of one test. `packages/runner` adds them up for docs/reliability.md. */
export interface FaultFigures {
  /** Where it ran: the database, and how many replicas. */
  place: string;
  test: string;
  /** Calls at the provider's token endpoint. */
  calls: number;
  /** Different refresh tokens that were sent. */
  presented: number;
  rotations: number;
  /** Used refresh tokens that were sent again and rejected. */
  reuses: number;
  /** Callers that got a token, that must retry, and that got the error that a user must act. */
  served: number;
  putOff: number;
  ended: number;
  /** Whether the credential was rejected in the end. */
  lost: boolean;
  /** Whether it was a person's own. */
  isPersonal: boolean;
}

const FILE = process.env.FAULT_FIGURES;

/** Records results, if a run collects them. */
export class Tally {
  readonly #place: string;
  readonly #runs = new Map<string, FaultFigures>();

  constructor(options: { place: string }) {
    this.#place = options.place;
  }

  /**
   * Records the provider's requests since the test began, the callers' results since the last record, and the state.
   */
  add(
    seen: Since,
    taken: Taken[],
    end: Pick<FaultFigures, 'lost' | 'isPersonal'>,
  ) {
    const test = expect.getState().currentTestName ?? '';
    const before = this.#runs.get(test);
    const got = (...statuses: number[]) =>
      taken.filter(({ status }) => statuses.includes(status)).length;
    this.#runs.set(test, {
      place: this.#place,
      test,
      calls: seen.calls.length,
      presented: new Set(seen.presented).size,
      rotations: seen.rotations,
      reuses: seen.reuses,
      served: (before?.served ?? 0) + got(200),
      putOff: (before?.putOff ?? 0) + got(503),
      ended: (before?.ended ?? 0) + got(409),
      ...end,
    });
  }

  /** Writes everything: a line for each run of each test. */
  write() {
    if (!FILE) return;
    const lines = [...this.#runs.values()].map(run => JSON.stringify(run));
    appendFileSync(FILE, `${lines.join('\n')}\n`);
  }
}
