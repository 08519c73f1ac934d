import { formatDuration, formatWait } from './formatTime';

it.each([
  [0, '0 seconds'],
  [1_400, '1 second'],
  [59_000, '59 seconds'],
  [60_000, '1 minute'],
  [90_000, '2 minutes'],
  [3_600_000, '1 hour'],
  [200_000_000, '2 days'],
])('formats %p milliseconds as %p', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

it.each([
  [0, '0 seconds'],
  [1_000, '1 second'],
  [119_000, '119 seconds'],
  [149_000, '2 minutes'],
])('formats a wait of %p milliseconds as %p', (milliseconds, text) => {
  expect(formatWait(milliseconds)).toBe(text);
});

it('rounds a wait up, never down', () => {
  expect(formatWait(601_000, Math.ceil)).toBe('11 minutes');
});
