import {
  absoluteTime,
  clockTime,
  dayTime,
  relativeTime,
  shortDate,
} from './formatTime';
import { useLocale } from './useLocale';
import { useNow } from './useNow';

/**
 * Props of {@link DateTime}.
 *
 * @public
 */
export interface DateTimeProps {
  /** Epoch milliseconds. */
  value: number;
  /**
   * `relative` ("in 42 min."), `clock` ("14:20", with the date on another day), `time` ("14:20") or `date` ("3 Jan").
   */
  format?: 'relative' | 'clock' | 'time' | 'date';
}

const FORMATS = {
  relative: relativeTime,
  clock: clockTime,
  time: dayTime,
  date: shortDate,
};

/**
 * Shows a time as short text, with the full local time and its zone in the tooltip. Relative text is updated once a
 * minute.
 *
 * @public
 */
export const DateTime = ({ value, format = 'relative' }: DateTimeProps) => {
  const options = { now: useNow(), locale: useLocale() };
  const absolute = absoluteTime(value, options);
  return (
    <time dateTime={new Date(value).toISOString()} title={absolute}>
      {FORMATS[format](value, options)}
    </time>
  );
};
