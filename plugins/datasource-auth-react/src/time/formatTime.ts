const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/**
 * "in 42 min.", "2 hr. ago", "now" (less than a minute away).
 *
 * @public
 */
export function relativeTime(time: number, now = Date.now()): string {
  const format = new Intl.RelativeTimeFormat(undefined, {
    numeric: 'auto',
    style: 'short',
  });
  const distance = time - now;
  const [unit, size] = UNITS.find(([, ms]) => Math.abs(distance) >= ms) ?? [
    'second' as const,
    Infinity,
  ];
  return format.format(Math.trunc(distance / size) || 0, unit);
}

/**
 * Date, time and zone in full, for tooltips and screen readers.
 *
 * @public
 */
export function absoluteTime(time: number): string {
  return new Intl.DateTimeFormat(undefined, {
    dateStyle: 'medium',
    timeStyle: 'long',
  }).format(time);
}

/**
 * "3 Jan" in the order of the user's language; with the year if it is not this one.
 *
 * @public
 */
export function shortDate(time: number, now = Date.now()): string {
  const thisYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(undefined, {
    day: 'numeric',
    month: 'short',
    year: thisYear ? undefined : 'numeric',
  }).format(time);
}

/**
 * The time of day alone: "14:20".
 *
 * @public
 */
export function dayTime(time: number): string {
  return new Intl.DateTimeFormat(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(time);
}

/**
 * The time of day; on another day than today with its date.
 *
 * @public
 */
export function clockTime(time: number, now = Date.now()): string {
  const clock = dayTime(time);
  return new Date(time).toDateString() === new Date(now).toDateString()
    ? clock
    : `${shortDate(time, now)}, ${clock}`;
}

/**
 * A day in full: "Thursday, March 12, 2026".
 *
 * @public
 */
export function longDate(time: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'full' }).format(time);
}
