import {
  Diagnosis,
  diagnosisTexts,
  renderDiagnosis,
} from 'backstage-plugin-datasource-auth-common';
import { backOff } from './backOff';

const NOW = 1_800_000_000_000;
const SECOND = 1_000;
const MINUTE = 60_000;

const diagnosis = (retryable: boolean): Diagnosis => ({
  code: 'x',
  ...renderDiagnosis(diagnosisTexts('unexpected')),
  retryable,
  details: {},
});
const PASSING = diagnosis(true);
const LASTING = diagnosis(false);

describe('backOff', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('[checklist 38] doubles up to five minutes for temporary failures', () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    expect(
      [1, 2, 3, 4, 5, 6, 7, 8, 100].map(
        attempts => backOff(attempts, PASSING) / SECOND,
      ),
    ).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
  });

  it('retries rarely, but does retry, what no retry fixes', () => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    expect(
      [1, 2, 3, 4].map(attempts => backOff(attempts, LASTING) / SECOND),
    ).toEqual([60, 120, 240, 300]);
  });

  it('[checklist 38] spreads attempts by a fifth', () => {
    const delays = Array.from({ length: 200 }, () => backOff(1, PASSING));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(5 * SECOND);
    expect(Math.max(...delays)).toBeLessThanOrEqual(6 * SECOND);
    expect(new Set(delays).size).toBeGreaterThan(100);
  });

  it('[checklist 38] waits as long as Retry-After says', () => {
    expect(backOff(1, PASSING, NOW + 2 * MINUTE)).toBe(2 * MINUTE);
    expect(backOff(1, LASTING, NOW + 2 * MINUTE)).toBe(2 * MINUTE);
  });

  it('[checklist 38] obeys Retry-After up to 15 minutes: no provider can stop a datasource for a year', () => {
    expect(backOff(1, PASSING, NOW + 31_536_000 * SECOND)).toBe(15 * MINUTE);
  });

  it.each([NOW, NOW - MINUTE, 0, NOW + 1_500])(
    '[checklist 38] is never shortened by Retry-After (%i)',
    retryAt => {
      jest.spyOn(Math, 'random').mockReturnValue(0);
      for (const attempts of [1, 4, 9]) {
        for (const each of [PASSING, LASTING]) {
          expect(backOff(attempts, each, retryAt)).toBe(
            backOff(attempts, each),
          );
        }
      }
    },
  );
});
