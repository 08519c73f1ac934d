import { useCallback, useEffect, useState } from 'react';
import { useParams } from 'react-router-dom';
import { LinkButton, Progress } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import {
  DatasourceAuthError,
  DelegationDetails,
} from 'backstage-plugin-datasource-auth-common';
import {
  datasourceAuthApiRef,
  useErrorText,
} from 'backstage-plugin-datasource-auth-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { LoadFailure } from '../failures/LoadFailure';
import { Notice, usePaths, ViewFrame } from '../frame';
import { Breadcrumbs } from '../frame/Breadcrumbs';
import { useText } from '../translation';
import { DelegationFacts } from './DelegationFacts';

const useStyles = makeStyles(theme => ({
  root: { maxWidth: 720 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

/** The page on which a person lets a plugin act as them while they aren't there, or doesn't. */
export const DelegationPage = () => {
  const t = useText();
  const classes = useStyles();
  const paths = usePaths();
  const errorText = useErrorText();
  const api = useApi(datasourceAuthApiRef);
  const { id = '' } = useParams();
  const [delegation, setDelegation] = useState<DelegationDetails>();
  const [loadError, setLoadError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const load = useCallback(async () => {
    try {
      setDelegation(await api.getDelegation(id));
      setLoadError(undefined);
    } catch (error) {
      setLoadError(error as Error);
    }
  }, [api, id]);
  useEffect(() => {
    load();
  }, [load]);

  const decide = async (act: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await act();
    } catch (error) {
      const { code } = error as DatasourceAuthError;
      setProblem(
        code === 'version_conflict'
          ? t('delegation.changed')
          : errorText(error),
      );
    }
    await load();
    setBusy(false);
  };

  if (!delegation || loadError) {
    return (
      <ViewFrame
        title={t('delegation.heading')}
        breadcrumbs={<Breadcrumbs last={t('delegation.heading')} />}
      >
        {loadError ? (
          <LoadFailure error={loadError} onRetry={load} />
        ) : (
          <Progress aria-label={t('delegation.loading')} />
        )}
      </ViewFrame>
    );
  }
  const { datasource, title = datasource, plugin, state } = delegation;
  const takeBack = () => decide(() => api.takeBackDelegation(id));
  return (
    <ViewFrame
      title={t('delegation.heading')}
      breadcrumbs={<Breadcrumbs last={t('delegation.heading')} />}
    >
      <div className={classes.root}>
        {problem && (
          <Notice severity="warning" alert>
            {problem}
          </Notice>
        )}
        {state === 'live' && (
          <Notice severity="success" alert>
            {t('delegation.live', { plugin, title })}
          </Notice>
        )}
        {state === 'ended' && (
          <Notice severity="info" alert>
            {t('delegation.ended', { plugin })}
          </Notice>
        )}
        {state === 'pending' && (
          <Typography>{t('delegation.question', { plugin, title })}</Typography>
        )}
        <DelegationFacts delegation={delegation} />
        <div className={classes.actions}>
          {state === 'pending' && (
            <>
              <Button
                variant="contained"
                color="primary"
                disabled={busy}
                onClick={() =>
                  decide(() =>
                    api.approveDelegation(id, { version: delegation.version }),
                  )
                }
              >
                {t('delegation.approve')}
              </Button>
              <Button variant="outlined" disabled={busy} onClick={takeBack}>
                {t('delegation.decline')}
              </Button>
            </>
          )}
          {state === 'live' && (
            <Button variant="outlined" disabled={busy} onClick={takeBack}>
              {t('delegation.takeBack')}
            </Button>
          )}
          {state !== 'pending' && (
            <LinkButton variant="outlined" to={paths.connection(datasource)}>
              {t('connections.title')}
            </LinkButton>
          )}
        </div>
        {state === 'pending' && (
          <Typography
            variant="body2"
            color="textSecondary"
            style={{ marginTop: 16 }}
          >
            {t('delegation.end')}
          </Typography>
        )}
      </div>
    </ViewFrame>
  );
};
