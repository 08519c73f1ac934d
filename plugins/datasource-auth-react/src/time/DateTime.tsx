import { useEffect, useState } from 'react';
import { absoluteTime, clockTime, relativeTime, shortDate } from './formatTime';

/**
 * Props of {@link DateTime}.
 *
 * @public
 */
export interface DateTimeProps {
  /** Epoch milliseconds. */
  value: number;
  /** `relative` ("in 42 min."), `clock` ("14:20") or `date` ("3 Jan"). */
  format?: 'relative' | 'clock' | 'date';
}

const FORMATS = { relative: relativeTime, clock: clockTime, date: shortDate };

/**
 * A point in time: short text, and the absolute local time with its zone in the tooltip. Relative text is brought up
 * to date once a minute.
 *
 * @public
 */
export const DateTime = ({ value, format = 'relative' }: DateTimeProps) => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  const absolute = absoluteTime(value);
  return (
    <time dateTime={new Date(value).toISOString()} title={absolute}>
      {FORMATS[format](value, now)}
    </time>
  );
};
