const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/**
 * How to format a time.
 *
 * @public
 */
export interface TimeOptions {
  /** The current time, epoch milliseconds. */
  now?: number;
  /** Language tag. Default: that of the browser. */
  locale?: string;
}

/**
 * Formats a relative time: "in 42 min.", "2 hr. ago", or "now" for less than a minute.
 *
 * @public
 */
export function relativeTime(time: number, options: TimeOptions = {}): string {
  const { now = Date.now(), locale } = options;
  const format = new Intl.RelativeTimeFormat(locale, {
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
 * Formats the full date, time, and zone, for tooltips and screen readers.
 *
 * @public
 */
export function absoluteTime(
  time: number,
  { locale }: TimeOptions = {},
): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'long',
  }).format(time);
}

/**
 * Formats a date such as "3 Jan" in the order of the user's language, with the year if it isn't the current one.
 *
 * @public
 */
export function shortDate(time: number, options: TimeOptions = {}): string {
  const { now = Date.now(), locale } = options;
  const thisYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    year: thisYear ? undefined : 'numeric',
  }).format(time);
}

/**
 * Formats the time of day: "14:20".
 *
 * @public
 */
export function dayTime(time: number, { locale }: TimeOptions = {}): string {
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(time);
}

/**
 * Formats the time of day, with the date if it isn't today.
 *
 * @public
 */
export function clockTime(time: number, options: TimeOptions = {}): string {
  const { now = Date.now() } = options;
  const clock = dayTime(time, options);
  return new Date(time).toDateString() === new Date(now).toDateString()
    ? clock
    : `${shortDate(time, options)}, ${clock}`;
}

/**
 * Formats a full date: "Thursday, March 12, 2026".
 *
 * @public
 */
export function longDate(time: number, { locale }: TimeOptions = {}): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full' }).format(time);
}
