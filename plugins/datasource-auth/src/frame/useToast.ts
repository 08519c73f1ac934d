import { useCallback } from 'react';
import { alertApiRef, useApiHolder } from '@backstage/core-plugin-api';
import { toastApiRef } from '@backstage/frontend-plugin-api';

/** How long a success is shown. Errors stay until the user closes them. Milliseconds. */
const SUCCESS_MILLISECONDS = 5_000;

/** Shows a message outside the page, so that it survives a change of the view. */
export type ShowToast = (
  severity: 'success' | 'error',
  message: string,
) => void;

/** Returns a function that shows a toast: with Backstage's toasts, or in apps without them with its alerts. */
export function useToast(): ShowToast {
  const apis = useApiHolder();
  return useCallback(
    (severity, message) => {
      const isError = severity === 'error';
      const toasts = apis.get(toastApiRef);
      if (toasts) {
        toasts.post({
          title: message,
          status: isError ? 'danger' : 'success',
          timeout: isError ? undefined : SUCCESS_MILLISECONDS,
        });
        return;
      }
      apis.get(alertApiRef)?.post({
        message,
        severity,
        display: isError ? 'permanent' : 'transient',
      });
    },
    [apis],
  );
}
