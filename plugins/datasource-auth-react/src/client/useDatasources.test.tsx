import { ReactNode } from 'react';
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

function wrapperFor(api: Partial<DatasourceAuthApi>) {
  return ({ children }: { children: ReactNode }) => (
    <TestApiProvider apis={[[datasourceAuthApiRef, api]]}>
      {children}
    </TestApiProvider>
  );
}

describe('useDatasource', () => {
  it('loads by name, and again on demand', async () => {
    const getDatasource = jest.fn(async (name: string) => ({ name } as never));
    const { result } = renderHook(() => useDatasource('crm'), {
      wrapper: wrapperFor({ getDatasource }),
    });
    expect(result.current.loading).toBe(true);
    await waitFor(() => expect(result.current.value).toEqual({ name: 'crm' }));
    act(() => result.current.retry());
    await waitFor(() => expect(getDatasource).toHaveBeenCalledTimes(2));
  });

  it('hands on the error', async () => {
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
  it('asks again when the query changes, and never shows a late answer to the old one', async () => {
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

  it('counts what changed in the background, and shows it when told to', async () => {
    jest.useFakeTimers();
    let list = listOf(item('a'), item('b'));
    const listDatasources = jest.fn(async () => list);
    const { result } = renderHook(
      () => useDatasources({}, { watchEvery: 60_000 }),
      {
        wrapper: wrapperFor({ listDatasources }),
      },
    );
    await act(() => jest.advanceTimersByTimeAsync(0));
    await act(() => jest.advanceTimersByTimeAsync(60_000));
    expect(result.current.changes).toBe(0);

    list = listOf(item('a', 'A'), item('c'));
    await act(() => jest.advanceTimersByTimeAsync(60_000));
    expect(result.current.changes).toBe(3);
    expect(result.current.value).toEqual(listOf(item('a'), item('b')));
    act(() => result.current.showChanges());
    expect(result.current.value).toEqual(list);
    expect(result.current.changes).toBe(0);
    jest.useRealTimers();
  });

  it('does not look in the background unless told to', async () => {
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
