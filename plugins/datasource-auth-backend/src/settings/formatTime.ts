import { DateTime, Duration } from 'luxon';

const UNITS = ['days', 'hours', 'minutes', 'seconds'] as const;

/** `12 March`, with the year where it is not this one. */
export function formatDay(at: number, now: number): string {
  const isThisYear = utc(at).hasSame(utc(now), 'year');
  return utc(at).toFormat(isThisYear ? 'd MMMM' : 'd MMMM yyyy');
}

/** `14:05 UTC`, with the day where it is not today. */
export function formatInstant(at: number, now: number): string {
  const clock = utc(at).toFormat("HH:mm 'UTC'");
  return isToday(at, now) ? clock : `${formatDay(at, now)} ${clock}`;
}

/** `at 14:05 UTC` where it is today, `on 12 March` else. */
export function formatMoment(at: number, now: number): string {
  return isToday(at, now)
    ? `at ${formatInstant(at, now)}`
    : `on ${formatDay(at, now)}`;
}

/** A length of time in its largest unit, rounded: `2 days`. */
export function formatDuration(milliseconds: number): string {
  const duration = Duration.fromMillis(milliseconds);
  const unit = UNITS.find(each => duration.as(each) >= 1) ?? 'seconds';
  return english({ [unit]: Math.round(duration.as(unit)) });
}

/** A length of time that people wait: `90 seconds`, and minutes from two on. */
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
