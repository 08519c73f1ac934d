import { usageBars } from './usageBars';

const HOUR = 3_600_000;
const NOW = Math.floor(Date.parse('2026-03-12T12:34:00Z') / HOUR) * HOUR + 34;

const used = (hoursAgo: number, handOuts: number) => ({
  hour: Math.floor(NOW / HOUR) * HOUR - hoursAgo * HOUR,
  handOuts,
  rejections: 1,
  refusals: 0,
});

describe('usageBars', () => {
  it('returns a bar for every six hours of seven days, the newest last, and omits older ones', () => {
    const bars = usageBars(
      [used(168, 100), used(167, 7), used(6, 4), used(5, 2), used(0, 1)],
      NOW,
    );
    expect(bars).toHaveLength(28);
    expect(bars[0]).toEqual({ handOuts: 7, rejections: 1 });
    expect(bars[26]).toEqual({ handOuts: 4, rejections: 1 });
    expect(bars[27]).toEqual({ handOuts: 3, rejections: 2 });
    expect(bars[13]).toEqual({ handOuts: 0, rejections: 0 });
  });
});
