import { useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  Datasource,
  grantOrKindOf,
  isApprovedByPerson,
} from 'backstage-plugin-datasource-auth-common';
import {
  datasourceAuthApiRef,
  useErrorText,
} from 'backstage-plugin-datasource-auth-react';
import { useToast } from '../frame';
import { useCommitPanel } from '../actions/useCommitPanel';
import { useRehearsal } from '../rehearsal/useRehearsal';
import { useAuthorizationRequests } from '../requests/useAuthorizationRequests';
import { useText } from '../translation';

/** The credential of a saved datasource, for the header and the panel below it. Actions take effect immediately. */
export type Connection = ReturnType<typeof useConnection>;

/** Connects, tests, refreshes and disconnects a saved datasource. */
export function useConnection(datasource: Datasource, onChanged: () => void) {
  const t = useText();
  const errorText = useErrorText();
  const api = useApi(datasourceAuthApiRef);
  const toast = useToast();
  const { name, title = name, auth, status, allowed } = datasource;
  const grantType = grantOrKindOf(auth);
  const byPerson = isApprovedByPerson(grantType);
  /** The last success; a new object for each, so that it is announced again. */
  const [success, setSuccess] = useState<{ text: string }>();

  const succeed = (text: string) => {
    setSuccess({ text });
    onChanged();
  };
  const panel = useCommitPanel({ name, grantType, status }, () =>
    succeed(t('panel.committed')),
  );
  const { rehearsal, rehearse } = useRehearsal({
    datasource: name,
    onDone: onChanged,
  });
  const requests = useAuthorizationRequests(
    byPerson && allowed.ask ? name : undefined,
  );

  const tested = useRef(onChanged);
  tested.current = onChanged;
  const { testResult } = panel;
  useEffect(() => {
    if (testResult) tested.current();
  }, [testResult]);

  const disconnect = async (revoke: boolean) => {
    try {
      await api.clearCredential(name, { revoke });
      succeed(t('detail.disconnected', { title }));
    } catch (error) {
      toast('error', errorText(error));
    }
  };
  const afresh = (act: () => void) => () => {
    setSuccess(undefined);
    act();
  };
  return {
    grantType,
    byPerson,
    panel,
    success,
    rehearsal,
    requests,
    obtain: afresh(panel.obtain),
    test: afresh(panel.test),
    rehearse: afresh(rehearse),
    disconnect,
  };
}
