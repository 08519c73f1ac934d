export { DateTime, type DateTimeProps } from './DateTime';
export { absoluteTime, clockTime, relativeTime, shortDate } from './formatTime';
