import { useEffect, useRef } from 'react';
import { FieldValues, useFormContext } from 'react-hook-form';
import { useLocation } from 'react-router-dom';
import { useApi } from '@backstage/core-plugin-api';
import {
  DatasourceAuthApi,
  datasourceAuthApiRef,
} from 'backstage-plugin-datasource-auth-react';

/** How long input is kept. It can contain secrets, and the page is back within seconds. Milliseconds. */
const KEPT_FOR = 60_000;

interface KeptForm {
  /** The entry in the browser's history that shows the form, and its address. */
  key: string;
  path: string;
  values: FieldValues;
}

/** By what an app creates once. */
const kept = new WeakMap<DatasourceAuthApi, KeptForm>();

/**
 * Keeps the unsaved input of the surrounding form while Backstage renders the page from nothing. It does so when its
 * theme changes, which happens by itself for users whose system is dark at night. The input stays in memory.
 */
export function useKeptForm(isUnsaved: () => boolean) {
  const api = useApi(datasourceAuthApiRef);
  const { reset, getValues } = useFormContext();
  const { key } = useLocation();
  const latest = useRef({ key: '', path: '', isUnsaved });
  latest.current = { key, path: window.location.pathname, isUnsaved };
  useEffect(() => {
    const before = kept.get(api);
    kept.delete(api);
    const now = latest.current;
    if (before?.key === now.key && before.path === now.path)
      reset(before.values, { keepDefaultValues: true });
    return () => {
      const last = latest.current;
      const isLeft = window.location.pathname !== last.path;
      if (isLeft || !last.isUnsaved()) return;
      const form = { key: last.key, path: last.path, values: getValues() };
      kept.set(api, form);
      setTimeout(() => {
        if (kept.get(api) === form) kept.delete(api);
      }, KEPT_FOR);
    };
  }, [api, reset, getValues]);
}
