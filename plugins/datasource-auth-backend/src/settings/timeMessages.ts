import { message, Message } from 'backstage-plugin-datasource-auth-common';
import { Duration } from 'luxon';

const UNITS = ['days', 'hours', 'minutes', 'seconds'] as const;

/** A length of time in its largest unit, rounded: `2 days`. */
export function durationMessage(milliseconds: number): Message {
  const duration = Duration.fromMillis(milliseconds);
  const unit = UNITS.find(each => duration.as(each) >= 1) ?? 'seconds';
  return message(`name.${unit}`, { count: Math.round(duration.as(unit)) });
}

/** A length of time that people wait: `90 seconds`, and minutes from two on. */
export function waitMessage(
  milliseconds: number,
  round: (count: number) => number = Math.round,
): Message {
  const seconds = round(milliseconds / 1_000);
  return seconds < 120
    ? message('name.seconds', { count: seconds })
    : message('name.minutes', { count: round(seconds / 60) });
}
