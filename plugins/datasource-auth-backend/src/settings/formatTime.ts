import { DateTime, Duration } from 'luxon';

const UNITS = ['days', 'hours', 'minutes', 'seconds'] as const;

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

/** Formats a duration in its largest unit, rounded: `2 days`. */
export function formatDuration(milliseconds: number): string {
  const duration = Duration.fromMillis(milliseconds);
  const unit = UNITS.find(each => duration.as(each) >= 1) ?? 'seconds';
  return english({ [unit]: Math.round(duration.as(unit)) });
}

/** Formats a wait for users: `90 seconds`, and minutes from two minutes on. */
export function formatWait(
  milliseconds: number,
  round: (count: number) => number = Math.round,
): string {
  const seconds = round(milliseconds / 1_000);
  return english(
    seconds < 120 ? { seconds } : { minutes: round(seconds / 60) },
  );
}

function english(duration: object): string {
  return Duration.fromObject(duration, { locale: 'en' }).toHuman();
}

function utc(at: number): DateTime {
  return DateTime.fromMillis(at, { zone: 'utc', locale: 'en-GB' });
}

function isToday(at: number, now: number): boolean {
  return utc(at).hasSame(utc(now), 'day');
}
