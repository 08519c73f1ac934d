import { UsageHour } from 'backstage-plugin-datasource-auth-common';

const DAYS = 7;

/** Use on one day. */
export interface UsageDay {
  /** When it begins in the user's time zone, in epoch milliseconds. */
  begin: number;
  handOuts: number;
  rejections: number;
  refusals: number;
}

/** Groups use by the user's days: today and the six days before, oldest first. */
export function usageDays(hours: UsageHour[], now: number): UsageDay[] {
  const today = new Date(now);
  const days = Array.from({ length: DAYS }, (_, index): UsageDay => {
    const begin = new Date(
      today.getFullYear(),
      today.getMonth(),
      today.getDate() - (DAYS - 1 - index),
    ).getTime();
    return { begin, handOuts: 0, rejections: 0, refusals: 0 };
  });
  for (const { hour, handOuts, rejections, refusals } of hours) {
    const day = days.findLast(({ begin }) => begin <= hour);
    if (!day) continue;
    day.handOuts += handOuts;
    day.rejections += rejections;
    day.refusals += refusals;
  }
  return days;
}
