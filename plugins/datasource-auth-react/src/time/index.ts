export { DateTime, type DateTimeProps } from './DateTime';
export {
  absoluteTime,
  clockTime,
  dayTime,
  longDate,
  relativeTime,
  shortDate,
} from './formatTime';
export { useNow } from './useNow';
