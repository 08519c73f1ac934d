import { useEffect, useMemo, useState } from 'react';
import { storageApiRef, useApi } from '@backstage/core-plugin-api';

const KEY = 'shortcuts';

/** Returns whether single-key shortcuts are on, as the user last chose. They are on by default. */
export function useShortcuts(): {
  enabled: boolean;
  setEnabled: (enabled: boolean) => void;
} {
  const storageApi = useApi(storageApiRef);
  const bucket = useMemo(
    () => storageApi.forBucket('datasource-auth'),
    [storageApi],
  );
  const [enabled, setEnabled] = useState(
    () => bucket.snapshot<boolean>(KEY).value ?? true,
  );
  useEffect(() => {
    const subscription = bucket
      .observe$<boolean>(KEY)
      .subscribe(({ value }) => setEnabled(value ?? true));
    return () => subscription.unsubscribe();
  }, [bucket]);
  return {
    enabled,
    setEnabled: chosen => {
      setEnabled(chosen);
      bucket.set(KEY, chosen);
    },
  };
}
