import { act, renderHook } from '@testing-library/react';
import { useIncrementalItems } from './useIncrementalItems';

const named = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({
    name: `item-${from + index}`,
  }));

const numbers = (items: Array<{ name: string }>) =>
  items.map(({ name }) => Number(name.slice('item-'.length)));

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('useIncrementalItems', () => {
  it('shows the first items immediately, and the rest in batches, in order', () => {
    const items = named(0, 14);
    const { result } = renderHook(() => useIncrementalItems(items));
    expect(result.current).toHaveLength(6);
    act(() => jest.runOnlyPendingTimers());
    expect(result.current).toHaveLength(12);
    act(() => jest.runOnlyPendingTimers());
    expect(result.current).toEqual(items);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('keeps shown items when the list is reloaded, and appends new ones', () => {
    const { result, rerender } = renderHook(
      items => useIncrementalItems(items),
      {
        initialProps: named(0, 6),
      },
    );
    const changed = named(0, 6).map(item => ({ ...item, changed: true }));
    rerender(changed);
    expect(result.current).toEqual(changed);

    rerender([...named(20, 30), ...named(3, 6)]);
    expect(numbers(result.current)).toEqual([3, 4, 5]);
    act(() => jest.runOnlyPendingTimers());
    expect(numbers(result.current)).toEqual([20, 21, 22, 23, 24, 25, 3, 4, 5]);
    act(() => jest.runOnlyPendingTimers());
    expect(result.current).toHaveLength(13);
  });

  it('shows the first items of another page immediately', () => {
    const { result, rerender } = renderHook(
      items => useIncrementalItems(items),
      {
        initialProps: named(0, 6),
      },
    );
    rerender(named(50, 100));
    expect(numbers(result.current)).toEqual([50, 51, 52, 53, 54, 55]);
  });
});
