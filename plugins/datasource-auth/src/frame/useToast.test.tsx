import { alertApiRef, AnyApiRef } from '@backstage/core-plugin-api';
import { toastApiRef } from '@backstage/frontend-plugin-api';
import { TestApiProvider } from '@backstage/test-utils';
import { renderHook } from '@testing-library/react';
import { ReactNode } from 'react';
import { useToast } from './useToast';

const alertApi = { post: jest.fn(), alert$: jest.fn() };
const toastApi = { post: jest.fn() };

function toast(...apis: Array<readonly [AnyApiRef, unknown]>) {
  const { result } = renderHook(() => useToast(), {
    wrapper: ({ children }: { children: ReactNode }) => (
      <TestApiProvider apis={apis as never}>{children}</TestApiProvider>
    ),
  });
  return result.current;
}

beforeEach(() => jest.clearAllMocks());

describe('useToast', () => {
  it('prefers toasts: a success goes away, and an error stays', () => {
    const show = toast([toastApiRef, toastApi], [alertApiRef, alertApi]);
    show('success', 'Saved.');
    show('error', 'Failed.');
    expect(toastApi.post.mock.calls).toEqual([
      [{ title: 'Saved.', status: 'success', timeout: 5_000 }],
      [{ title: 'Failed.', status: 'danger', timeout: undefined }],
    ]);
    expect(alertApi.post).not.toHaveBeenCalled();
  });

  it('uses alerts in apps without toasts', () => {
    const show = toast([alertApiRef, alertApi]);
    show('success', 'Saved.');
    show('error', 'Failed.');
    expect(alertApi.post.mock.calls).toEqual([
      [{ message: 'Saved.', severity: 'success', display: 'transient' }],
      [{ message: 'Failed.', severity: 'error', display: 'permanent' }],
    ]);
  });

  it('throws nothing in apps without either', () => {
    expect(() => toast()('success', 'Saved.')).not.toThrow();
  });
});
