import { UsageHour } from 'backstage-plugin-datasource-auth-common';

const HOUR = 60 * 60_000;
const HOURS_PER_BAR = 6;
const BARS = (7 * 24) / HOURS_PER_BAR;

/** Use within six hours. */
export interface UsageBar {
  handOuts: number;
  rejections: number;
}

/** Groups the last seven days into bars of six hours each, oldest first; bars without use are empty. */
export function usageBars(hours: UsageHour[], now: number): UsageBar[] {
  const bars = Array.from(
    { length: BARS },
    (): UsageBar => ({ handOuts: 0, rejections: 0 }),
  );
  const thisHour = Math.floor(now / HOUR);
  for (const { hour, handOuts, rejections } of hours) {
    const back = Math.floor((thisHour - hour / HOUR) / HOURS_PER_BAR);
    const bar = bars[BARS - 1 - back];
    if (!bar) continue;
    bar.handOuts += handOuts;
    bar.rejections += rejections;
  }
  return bars;
}
