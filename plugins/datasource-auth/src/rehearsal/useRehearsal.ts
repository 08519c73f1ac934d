import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { RehearsalResult } from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { Failure, failureOfError } from '../failures/failure';

/** State of a datasource's refresh rehearsal. */
export type Rehearsal =
  | { kind: 'none' }
  | { kind: 'running' }
  | { kind: 'done'; result: RehearsalResult }
  /** The rehearsal itself could not be had. */
  | { kind: 'failed'; failure: Failure };

/** Refreshes a saved credential for real, on demand. */
export function useRehearsal(options: {
  /** Name of the saved datasource; absent if it isn't saved. */
  datasource?: string;
  onDone: (result: RehearsalResult) => void;
}) {
  const api = useApi(datasourceAuthApiRef);
  const [rehearsal, setRehearsal] = useState<Rehearsal>({ kind: 'none' });
  const current = useRef(options);
  current.current = options;
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);

  const rehearse = useCallback(async () => {
    const { datasource } = current.current;
    if (!datasource) return;
    setRehearsal({ kind: 'running' });
    try {
      const result = await api.rehearseRenewal(datasource);
      if (gone.current) return;
      setRehearsal({ kind: 'done', result });
      current.current.onDone(result);
    } catch (error) {
      if (!gone.current)
        setRehearsal({ kind: 'failed', failure: failureOfError(error) });
    }
  }, [api]);

  return { rehearsal, rehearse };
}
