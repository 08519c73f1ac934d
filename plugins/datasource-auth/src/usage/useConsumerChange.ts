import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  Datasource,
  DatasourceAuthError,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { Failure, failureOfError } from '../authorization/failure';
import { formOfSettings, settingsOfForm } from '../settings/settingsForm';

/** Puts a plugin on the list of consumers of a saved datasource, or takes it off, at once. */
export function useConsumerChange(options: {
  datasource: Datasource;
  onChanged: () => void;
}) {
  const { datasource, onChanged } = options;
  const api = useApi(datasourceAuthApiRef);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  const change = async (plugin: string, allowed: boolean): Promise<boolean> => {
    const { consumers, name, version } = datasource;
    if (consumers === '*') return false;
    const others = consumers.filter(other => other !== plugin);
    setBusy(true);
    setFailure(undefined);
    try {
      // Secrets that are not mentioned stay.
      const settings = settingsOfForm(formOfSettings(datasource));
      await api.updateDatasource(
        name,
        {
          ...settings,
          consumers: allowed ? [...others, plugin] : others,
          credential: { action: 'keep' },
        },
        { version },
      );
      return true;
    } catch (error) {
      setFailure(failureOfError(error as DatasourceAuthError));
      return false;
    } finally {
      setBusy(false);
      // Also after a refusal: somebody else may have changed it meanwhile.
      onChanged();
    }
  };

  return { change, busy, failure };
}
