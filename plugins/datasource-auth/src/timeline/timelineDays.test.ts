import { ActivityEntry } from 'backstage-plugin-datasource-auth-common';
import { timelineDays } from './timelineDays';

const NOON = new Date(2026, 2, 12, 12, 0).getTime();
const HOUR = 3_600_000;

const entry = (id: string, kind: string, at: number): ActivityEntry => ({
  id,
  kind,
  at,
  details: {},
});

const shape = (entries: ActivityEntry[]) =>
  timelineDays(entries).map(day =>
    day.lines.map(line => line.entries.map(({ id }) => id).join('+')),
  );

describe('timelineDays', () => {
  it('groups entries by calendar day', () => {
    expect(
      shape([
        entry('c', 'tested', NOON),
        entry('b', 'tested', NOON - HOUR),
        entry('a', 'tested', NOON - 13 * HOUR),
      ]),
    ).toEqual([['c', 'b'], ['a']]);
  });

  it('groups consecutive successful refreshes, but not those of another day or failed ones', () => {
    expect(
      shape([
        entry('g', 'refreshed', NOON),
        entry('f', 'refreshed', NOON - HOUR),
        entry('e', 'refresh_failed', NOON - 2 * HOUR),
        entry('d', 'refresh_failed', NOON - 3 * HOUR),
        entry('c', 'refreshed', NOON - 4 * HOUR),
        entry('b', 'refreshed', NOON - 20 * HOUR),
        entry('a', 'refreshed', NOON - 21 * HOUR),
      ]),
    ).toEqual([['g+f', 'e', 'd', 'c'], ['b+a']]);
  });

  it('keeps a manual refresh on its own line, with its actor', () => {
    expect(
      shape([
        entry('d', 'refreshed', NOON),
        { ...entry('c', 'refreshed', NOON - 1), actor: 'user:default/jane' },
        entry('b', 'refreshed', NOON - 2),
        entry('a', 'refreshed', NOON - 3),
      ]),
    ).toEqual([['d', 'c', 'b+a']]);
  });
});
