import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  Datasource,
  DatasourceAuthError,
  DatasourceWrite,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { Failure, failureOfError } from '../failures/failure';
import { formOfSettings, settingsOfForm } from '../settings/settingsForm';

/** Updates some settings of a saved datasource immediately, without the editor. */
export function useSettingsUpdate(options: {
  datasource: Datasource;
  onChanged: () => void;
}) {
  const { datasource, onChanged } = options;
  const api = useApi(datasourceAuthApiRef);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  const update = async (part: Partial<DatasourceWrite>): Promise<boolean> => {
    const { name, version } = datasource;
    setBusy(true);
    setFailure(undefined);
    try {
      // Omitted secrets are kept.
      const settings = settingsOfForm(formOfSettings(datasource));
      await api.updateDatasource(
        name,
        { ...settings, ...part, credential: { action: 'keep' } },
        { version },
      );
      return true;
    } catch (error) {
      setFailure(failureOfError(error as DatasourceAuthError));
      return false;
    } finally {
      setBusy(false);
      // Reload after an error, too: someone else may have changed it meanwhile.
      onChanged();
    }
  };

  return { update, busy, failure };
}
