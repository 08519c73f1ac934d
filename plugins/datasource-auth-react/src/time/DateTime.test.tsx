import { ReactElement } from 'react';
import { appLanguageApiRef } from '@backstage/core-plugin-api/alpha';
import { TestApiProvider } from '@backstage/test-utils';
import { act, render, screen } from '@testing-library/react';
import { DateTime } from './DateTime';
import { clockTime, relativeTime, shortDate } from './formatTime';

const NOON = new Date(2026, 2, 12, 12, 0).getTime();

describe('relativeTime', () => {
  it.each([
    [0, 'now'],
    [30_000, 'now'],
    [59 * 60_000, 'in 59 min.'],
    [-2 * 3_600_000, '2 hr. ago'],
    [86_400_000, 'tomorrow'],
    [-40 * 86_400_000, 'last mo.'],
  ])('formats a difference of %i ms as "%s"', (distance, text) => {
    expect(relativeTime(NOON + distance, { now: NOON })).toBe(text);
  });
});

describe('clockTime and shortDate', () => {
  it("include the day only if it isn't today, and the year if it isn't the current one", () => {
    expect(clockTime(NOON + 140 * 60_000, { now: NOON })).toBe('14:20');
    expect(clockTime(NOON + 86_400_000, { now: NOON })).toBe('Mar 13, 12:00');
    expect(shortDate(new Date(2026, 0, 3).getTime(), { now: NOON })).toBe(
      'Jan 3',
    );
    expect(shortDate(new Date(2025, 0, 3).getTime(), { now: NOON })).toBe(
      'Jan 3, 2025',
    );
  });
});

/** Renders in a Backstage that shows a language. */
const renderIn = (language: string, element: ReactElement) => {
  const languageApi = { getLanguage: () => ({ language }) };
  return render(
    <TestApiProvider apis={[[appLanguageApiRef, languageApi as never]]}>
      {element}
    </TestApiProvider>,
  );
};

describe('DateTime', () => {
  afterEach(() => jest.useRealTimers());

  it('has a machine-readable time, and the full time with its zone in the tooltip', () => {
    renderIn('en', <DateTime value={NOON} format="clock" />);
    const time = screen.getByRole('time');
    expect(time).toHaveAttribute('datetime', new Date(NOON).toISOString());
    expect(time).toHaveAttribute(
      'title',
      expect.stringMatching(/2026.*12:00:00.*(UTC|GMT|[A-Z]{3,4})/),
    );
  });

  it('has the language that Backstage shows, whatever the browser prefers', () => {
    renderIn('de', <DateTime value={Date.now()} />);
    expect(screen.getByRole('time')).toHaveTextContent('jetzt');
  });

  it('updates once a minute', () => {
    jest.useFakeTimers({ now: NOON });
    renderIn('en', <DateTime value={NOON + 10 * 60_000} />);
    expect(screen.getByRole('time')).toHaveTextContent('in 10 min.');
    act(() => {
      jest.advanceTimersByTime(59_000);
    });
    expect(screen.getByRole('time')).toHaveTextContent('in 10 min.');
    act(() => {
      jest.advanceTimersByTime(61_000);
    });
    expect(screen.getByRole('time')).toHaveTextContent('in 8 min.');
  });
});
