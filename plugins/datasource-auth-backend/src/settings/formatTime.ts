import { DateTime } from 'luxon';

/** Formats a day as `12 March`, with the year if it isn't this year. */
export function formatDay(at: number, now: number): string {
  const isThisYear = utc(at).hasSame(utc(now), 'year');
  return utc(at).toFormat(isThisYear ? 'd MMMM' : 'd MMMM yyyy');
}

/** Formats a time as `14:05 UTC`, with the day if it isn't today. */
export function formatInstant(at: number, now: number): string {
  const clock = utc(at).toFormat("HH:mm 'UTC'");
  return isToday(at, now) ? clock : `${formatDay(at, now)} ${clock}`;
}

/** Formats a time as `at 14:05 UTC` today and `on 12 March` on other days. */
export function formatMoment(at: number, now: number): string {
  return isToday(at, now)
    ? `at ${formatInstant(at, now)}`
    : `on ${formatDay(at, now)}`;
}

function utc(at: number): DateTime {
  return DateTime.fromMillis(at, { zone: 'utc', locale: 'en-GB' });
}

function isToday(at: number, now: number): boolean {
  return utc(at).hasSame(utc(now), 'day');
}
