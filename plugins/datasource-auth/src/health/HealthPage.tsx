import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { Progress } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import Button from '@material-ui/core/Button';
import { LoadFailure } from '../failures/LoadFailure';
import { Breadcrumbs } from '../frame/Breadcrumbs';
import { ViewFrame } from '../frame';
import { useText } from '../translation';
import { CallbackCheck } from './CallbackCheck';
import { HealthChecks } from './HealthChecks';

/** Shows whether this installation is set up correctly, and what to fix. */
export const HealthPage = () => {
  const t = useText();
  const api = useApi(datasourceAuthApiRef);
  const { value, loading, error, retry } = useAsyncRetry(
    () => api.getHealth(),
    [api],
  );
  const title = t('health.title');
  return (
    <ViewFrame
      title={title}
      subtitle={t('health.subtitle')}
      breadcrumbs={<Breadcrumbs last={title} />}
      actions={
        <Button variant="outlined" onClick={retry}>
          {t('health.again')}
        </Button>
      }
    >
      {loading && !value && <Progress aria-label={t('health.loading')} />}
      {error && <LoadFailure error={error} />}
      {value && (
        <>
          <HealthChecks health={value} />
          <CallbackCheck callbackUrl={value.callbackUrl} />
        </>
      )}
    </ViewFrame>
  );
};
