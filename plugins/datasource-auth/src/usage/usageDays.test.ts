import { usageDays } from './usageDays';

const HOUR = 3_600_000;
const NOW = new Date(2026, 2, 12, 12, 34).getTime();

const used = (day: number, hour: number, handOuts: number) => ({
  hour: new Date(2026, 2, day, hour).getTime(),
  handOuts,
  rejections: 1,
  refusals: 2,
});

describe('usageDays', () => {
  it("groups hours by the user's days, today last, and omits older ones", () => {
    const days = usageDays(
      [used(5, 23, 100), used(6, 0, 7), used(11, 23, 4), used(12, 0, 1)],
      NOW,
    );
    expect(days.map(day => day.handOuts)).toEqual([7, 0, 0, 0, 0, 4, 1]);
    expect(days[6]).toEqual({
      begin: new Date(2026, 2, 12).getTime(),
      handOuts: 1,
      rejections: 1,
      refusals: 2,
    });
  });

  it('counts the current hour as today', () => {
    const hour = Math.floor(NOW / HOUR) * HOUR;
    const [today] = usageDays(
      [{ hour, handOuts: 3, rejections: 0, refusals: 0 }],
      NOW,
    ).slice(-1);
    expect(today.handOuts).toBe(3);
  });
});
