import { ReactElement } from 'react';
import { DateTime } from 'backstage-plugin-datasource-auth-react';
import { useText } from '../translation';

const HOUR = 60 * 60_000;

/** Returns a function that formats an hour of use. Use is counted by the hour, so a time would claim too much. */
export function useUsageHour(): (
  start: number | undefined,
) => string | ReactElement {
  const t = useText();
  return start =>
    start === undefined
      ? t('usage.never')
      : t('usage.hour', {
          date: <DateTime value={start} format="date" />,
          from: <DateTime value={start} format="time" />,
          to: <DateTime value={start + HOUR} format="time" />,
        });
}
