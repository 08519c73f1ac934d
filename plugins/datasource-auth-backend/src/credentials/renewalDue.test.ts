import { refreshWindow, RenewalFacts, renewalDueAfter } from './renewalDue';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SWEEP = 30 * SECOND;
/** Backstage's scheduler checks every five seconds what to start. */
const SCHEDULER = 5 * SECOND;

const times = { beforeExpiry: 5 * MINUTE, sweepEvery: SWEEP };

/** The earliest and the latest of many, because they are spread. */
function due(facts: Omit<RenewalFacts, 'times'>, more?: Partial<typeof times>) {
  const all = Array.from(
    { length: 300 },
    () => renewalDueAfter({ ...facts, times: { ...times, ...more } })!,
  );
  return { earliest: Math.min(...all), latest: Math.max(...all) };
}

describe('when a refresh is due', () => {
  it.each([
    // 60 s and 60 s, 3600 s and 600 s: seen at real providers.
    [60 * SECOND, 60 * SECOND, 60 * SECOND],
    [HOUR, 10 * MINUTE, 10 * MINUTE],
    [HOUR, 5 * MINUTE, 5 * MINUTE],
    [undefined, 20 * MINUTE, 20 * MINUTE],
    [10 * MINUTE, HOUR, 10 * MINUTE],
  ])(
    'uses the earlier end: access token %s ms, refresh token %s ms',
    (lifetime, refreshLifetime, end) => {
      const { earliest, latest } = due({ lifetime, refreshLifetime });
      expect(earliest).toBeGreaterThan(0);
      expect(latest).toBeLessThan(end - SWEEP);
    },
  );

  it('is found by a sweep before a short lifetime ends, whenever the sweep runs', () => {
    for (let life = 50 * SECOND; life <= 150 * SECOND; life += 5 * SECOND) {
      for (const facts of [
        { lifetime: life },
        { lifetime: life, refreshLifetime: life },
        { lifetime: HOUR, refreshLifetime: life },
      ]) {
        // The worst case: one sweep ran just before it was due, the next one late.
        const renewed = due(facts).latest + SWEEP + SCHEDULER;
        expect([life, renewed < life]).toEqual([life, true]);
      }
    }
  });

  it("isn't due before the limiter allows it", () => {
    expect(due({ lifetime: 20 * SECOND }).earliest).toBe(10 * SECOND);
    expect(due({ lifetime: 0 }).earliest).toBe(10 * SECOND);
    expect(
      due({ lifetime: HOUR, refreshLifetime: 2 * MINUTE }).earliest,
    ).toBeLessThan(2 * MINUTE);
  });

  it('uses the setting for the window of the access token if that is shorter', () => {
    const { earliest } = due({ lifetime: MINUTE }, { beforeExpiry: 5_000 });
    expect(earliest).toBeGreaterThanOrEqual(55 * SECOND);
    const refresh = due(
      { lifetime: HOUR, refreshLifetime: 10 * MINUTE },
      { beforeExpiry: 0 },
    );
    expect(refresh.latest).toBeLessThan(9 * MINUTE);
  });

  it('uses a refresh token of months an hour before its end, not weeks', () => {
    const { earliest, latest } = due({ refreshLifetime: 90 * DAY });
    expect(earliest).toBeGreaterThanOrEqual(90 * DAY - HOUR);
    expect(latest).toBeLessThanOrEqual(90 * DAY - 50 * MINUTE);
  });

  it('is unknown if nothing is known', () => {
    expect(renewalDueAfter({ times })).toBeUndefined();
  });

  it.each([
    [HOUR, 12 * MINUTE],
    [5 * MINUTE, MINUTE],
    [MINUTE, 40 * SECOND],
    [30 * SECOND, 30 * SECOND],
    [0, 0],
  ])('a lifetime of %i ms has a window of %i ms', (lifetime, window) => {
    expect(refreshWindow(lifetime, times)).toBe(window);
  });
});
