import { renderMessages } from 'backstage-plugin-datasource-auth-common';
import { durationMessage, waitMessage } from './timeMessages';

it.each([
  [0, '0 seconds'],
  [1_400, '1 second'],
  [59_000, '59 seconds'],
  [60_000, '1 minute'],
  [90_000, '2 minutes'],
  [3_600_000, '1 hour'],
  [200_000_000, '2 days'],
])('%p milliseconds are %p', (milliseconds, text) => {
  expect(renderMessages([durationMessage(milliseconds)])).toBe(text);
});

it.each([
  [0, '0 seconds'],
  [1_000, '1 second'],
  [119_000, '119 seconds'],
  [149_000, '2 minutes'],
])('a wait of %p milliseconds is %p', (milliseconds, text) => {
  expect(renderMessages([waitMessage(milliseconds)])).toBe(text);
});

it('rounds a wait up, so it is never too short', () => {
  expect(renderMessages([waitMessage(601_000, Math.ceil)])).toBe('11 minutes');
});
