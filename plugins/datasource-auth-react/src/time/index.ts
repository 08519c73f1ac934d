export { DateTime, type DateTimeProps } from './DateTime';
export {
  absoluteTime,
  clockTime,
  dayTime,
  longDate,
  relativeTime,
  shortDate,
  type TimeOptions,
} from './formatTime';
export { useLocale } from './useLocale';
export { useNow } from './useNow';
