import { Link, Progress } from '@backstage/core-components';
import {
  DATASOURCE_NAME_PATTERN,
  Datasource,
  DatasourceAuthError,
  DatasourceSummary,
  grantOrKindOf,
  isHeldBySettings,
} from 'backstage-plugin-datasource-auth-common';
import {
  EvidenceLine,
  ReasonLine,
  StatusMarker,
  useDatasource,
  useErrorText,
} from 'backstage-plugin-datasource-auth-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { fixPath, usePagePaths } from '../frame';
import { useText } from '../translation';

const WATCH_EVERY_MS = 60_000;

const useStyles = makeStyles(theme => ({
  // Reserves the height of the loaded row, so that nothing below moves.
  root: { minHeight: 68, overflowWrap: 'anywhere' },
  heading: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(0, 2),
  },
}));

/** The status of one datasource: marker, expiry, evidence, and a link to fix it. */
export const CredentialRowContent = ({
  datasource,
}: {
  datasource: Pick<Datasource, 'name' | 'title' | 'source' | 'status'> &
    (Pick<Datasource, 'auth'> | Pick<DatasourceSummary, 'type' | 'grantType'>);
}) => {
  const t = useText();
  const classes = useStyles();
  const paths = usePagePaths();
  const { name, title = name, status } = datasource;
  const grantOrKind = grantOrKindOf(
    'auth' in datasource ? datasource.auth : datasource,
  );
  // There is nothing to get if the settings hold the credential.
  const isHeld =
    status.state === 'NOT_AUTHORIZED' && isHeldBySettings(grantOrKind);
  return (
    <>
      <div className={classes.heading}>
        <Typography component="span" variant="subtitle1">
          <Link to={paths.detail(name)}>{title}</Link>
        </Typography>
        <StatusMarker state={status.state} />
      </div>
      <Typography variant="body2">
        <ReasonLine status={status} />
      </Typography>
      {status.state === 'AUTHORIZED' && (
        <Typography variant="body2" color="textSecondary">
          <EvidenceLine status={status} />
        </Typography>
      )}
      {status.authorizerLeft && (
        <Typography variant="body2">
          {t('panel.fact.authorizerLeft')}
        </Typography>
      )}
      {status.state !== 'AUTHORIZED' && status.state !== 'PER_USER' && (
        <Typography variant="body2">
          <Link
            to={fixPath(paths, datasource)}
            underline="always"
            aria-label={t(`entity.fixOf.${isHeld ? 'held' : status.state}`, {
              title,
            })}
          >
            {t(`entity.fix.${isHeld ? 'held' : status.state}`)}
          </Link>
        </Typography>
      )}
    </>
  );
};

const UnknownCredential = ({ name }: { name: string }) => {
  const t = useText();
  return (
    <>
      <Typography component="span" variant="subtitle1">
        {name}
      </Typography>
      <Typography variant="body2">{t('entity.unknown')}</Typography>
    </>
  );
};

const NamedCredential = ({ name }: { name: string }) => {
  const t = useText();
  const errorText = useErrorText();
  const {
    value: datasource,
    error,
    retry,
  } = useDatasource(name, { watchEvery: WATCH_EVERY_MS });
  if (datasource) return <CredentialRowContent datasource={datasource} />;
  if (!error) return <Progress aria-label={t('entity.loading', { name })} />;
  if ((error as DatasourceAuthError).code === 'not_found')
    return <UnknownCredential name={name} />;
  return (
    <>
      <Typography component="span" variant="subtitle1">
        {name}
      </Typography>
      <Typography variant="body2" role="alert">
        {t('entity.failed', { message: errorText(error) })}
      </Typography>
      <Button size="small" variant="outlined" onClick={retry}>
        {t('list.retry')}
      </Button>
    </>
  );
};

/** One name from an entity's annotation, valid or not. */
export const CredentialRow = ({ name }: { name: string }) => {
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {DATASOURCE_NAME_PATTERN.test(name) ? (
        <NamedCredential name={name} />
      ) : (
        <UnknownCredential name={name} />
      )}
    </div>
  );
};
