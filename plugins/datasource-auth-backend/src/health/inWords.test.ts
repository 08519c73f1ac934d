import { inWords } from './inWords';

it.each([
  [0, '0 seconds'],
  [1_400, '1 second'],
  [59_000, '59 seconds'],
  [60_000, '1 minute'],
  [90_000, '2 minutes'],
  [3_600_000, '1 hour'],
  [200_000_000, '2 days'],
])('says %p milliseconds as %p', (milliseconds, words) => {
  expect(inWords(milliseconds)).toBe(words);
});
