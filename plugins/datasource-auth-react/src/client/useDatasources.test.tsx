import { ReactNode } from 'react';
import { SignalApi, signalApiRef } from '@backstage/plugin-signals-react';
import { TestApiProvider } from '@backstage/test-utils';
import { act, renderHook, waitFor } from '@testing-library/react';
import {
  DatasourceList,
  DatasourceSummary,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceAuthApi, datasourceAuthApiRef } from './DatasourceAuthApi';
import { useDatasource } from './useDatasource';
import { useDatasources } from './useDatasources';

const item = (name: string, title = name) =>
  ({ name, title } as DatasourceSummary);
const listOf = (...items: DatasourceSummary[]): DatasourceList => ({
  items,
  mayCreate: true,
});

function wrapperFor(
  api: Partial<DatasourceAuthApi>,
  signals: SignalApi = { subscribe: () => ({ unsubscribe: () => {} }) },
) {
  return ({ children }: { children: ReactNode }) => (
    <TestApiProvider
      apis={[
        [datasourceAuthApiRef, api],
        [signalApiRef, signals],
      ]}
    >
      {children}
    </TestApiProvider>
  );
}

afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

describe('useDatasource', () => {
  it('reloads while it is watched, and never shows the previous datasource under another name', async () => {
    jest.useFakeTimers();
    let title = 'CRM';
    const getDatasource = jest.fn(
      async (name: string) => ({ name, title } as never),
    );
    const { result, rerender } = renderHook(
      ({ name }) => useDatasource(name, { watchEvery: 60_000 }),
      {
        wrapper: wrapperFor({ getDatasource }),
        initialProps: { name: 'crm' },
      },
    );
    await act(() => jest.advanceTimersByTimeAsync(0));
    const first = result.current.value;
    await act(() => jest.advanceTimersByTimeAsync(60_000));
    expect(result.current.value).toBe(first);
    title = 'Sales';
    await act(() => jest.advanceTimersByTimeAsync(60_000));
    expect(result.current.value).toEqual({ name: 'crm', title: 'Sales' });
    rerender({ name: 'jira' });
    expect(result.current.value).toBeUndefined();
    await act(() => jest.advanceTimersByTimeAsync(0));
    expect(result.current.value).toMatchObject({ name: 'jira' });
  });

  it('loads by name, and reloads on demand', async () => {
    const getDatasource = jest.fn(async (name: string) => ({ name } as never));
    const { result } = renderHook(() => useDatasource('crm'), {
      wrapper: wrapperFor({ getDatasource }),
    });
    expect(result.current.loading).toBe(true);
    await waitFor(() => expect(result.current.value).toEqual({ name: 'crm' }));
    act(() => result.current.retry());
    await waitFor(() => expect(getDatasource).toHaveBeenCalledTimes(2));
  });

  it('returns the error', async () => {
    const getDatasource = async () => {
      throw new Error('away');
    };
    const { result } = renderHook(() => useDatasource('crm'), {
      wrapper: wrapperFor({ getDatasource }),
    });
    await waitFor(() => expect(result.current.error?.message).toBe('away'));
  });
});

describe('useDatasources', () => {
  it('loads again when the query changes, and ignores a late response to the old one', async () => {
    const answers: Record<string, (list: DatasourceList) => void> = {};
    const listDatasources = jest.fn(
      (query?: { search?: string }) =>
        new Promise<DatasourceList>(resolve => {
          answers[query?.search ?? ''] = resolve;
        }),
    );
    const { result, rerender } = renderHook(
      ({ search }) => useDatasources({ search }),
      {
        wrapper: wrapperFor({ listDatasources }),
        initialProps: { search: 'old' },
      },
    );
    rerender({ search: 'new' });
    await act(async () => answers.new(listOf(item('new'))));
    await act(async () => answers.old(listOf(item('old'))));
    expect(result.current.value).toEqual(listOf(item('new')));
  });

  it('shows changes from the background, but none while it is on hold', async () => {
    jest.useFakeTimers();
    let list = listOf(item('a'), item('b'));
    const listDatasources = jest.fn(async () => list);
    const { result, rerender } = renderHook(
      ({ hold }) => useDatasources({}, { watchEvery: 60_000, hold }),
      {
        wrapper: wrapperFor({ listDatasources }),
        initialProps: { hold: true },
      },
    );
    const minute = () => act(() => jest.advanceTimersByTimeAsync(60_000));
    await act(() => jest.advanceTimersByTimeAsync(0));
    await minute();
    expect(result.current.changes).toBe(0);

    const before = list;
    list = listOf(item('a', 'A'), item('c'));
    await minute();
    expect(result.current.changes).toBe(3);
    expect(result.current.value).toEqual(before);
    act(() => result.current.showChanges());
    expect(result.current.value).toEqual(list);
    expect(result.current.changes).toBe(0);

    list = listOf(item('c'));
    await minute();
    expect(result.current.changes).toBe(1);
    rerender({ hold: false });
    expect(result.current.value).toEqual(list);
    list = before;
    await minute();
    expect(result.current.value).toEqual(before);
  });

  it('reloads soon after the backend signals a change, and once for a burst of signals', async () => {
    jest.useFakeTimers();
    let signal = () => {};
    const unsubscribe = jest.fn();
    const subscribe = jest.fn((_channel: string, tell: () => void) => {
      signal = tell;
      return { unsubscribe };
    });
    const listDatasources = jest.fn(async () => listOf(item('a')));
    const { unmount } = renderHook(
      () => useDatasources({}, { watchEvery: 60_000 }),
      { wrapper: wrapperFor({ listDatasources }, { subscribe }) },
    );
    await act(() => jest.advanceTimersByTimeAsync(0));
    expect(subscribe).toHaveBeenCalledWith(
      'datasource-auth',
      expect.any(Function),
    );
    expect(listDatasources).toHaveBeenCalledTimes(1);
    for (let count = 0; count < 20; count++) signal();
    await act(() => jest.advanceTimersByTimeAsync(2_000));
    expect(listDatasources).toHaveBeenCalledTimes(2);
    unmount();
    expect(unsubscribe).toHaveBeenCalled();
  });

  it('does not poll while the page is hidden', async () => {
    jest.useFakeTimers();
    const seen = jest
      .spyOn(document, 'visibilityState', 'get')
      .mockReturnValue('hidden');
    const listDatasources = jest.fn(async () => listOf());
    renderHook(() => useDatasources({}, { watchEvery: 60_000 }), {
      wrapper: wrapperFor({ listDatasources }),
    });
    await act(() => jest.advanceTimersByTimeAsync(180_000));
    expect(listDatasources).toHaveBeenCalledTimes(1);
    seen.mockReturnValue('visible');
    await act(() => jest.advanceTimersByTimeAsync(60_000));
    expect(listDatasources).toHaveBeenCalledTimes(2);
  });

  it('does not poll by default', async () => {
    const listDatasources = jest.fn(async () => listOf());
    renderHook(() => useDatasources(), {
      wrapper: wrapperFor({ listDatasources }),
    });
    await waitFor(() => expect(listDatasources).toHaveBeenCalledTimes(1));
    act(() => {
      window.dispatchEvent(new Event('focus'));
    });
    expect(listDatasources).toHaveBeenCalledTimes(1);
  });
});
