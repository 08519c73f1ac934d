import { lazy, Suspense } from 'react';
import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  Connection,
  DatasourceAuthError,
} from 'backstage-plugin-datasource-auth-common';
import { useText } from '../translation/useText';
import { useBackendText } from '../translation/useBackendText';
import { useErrorText } from '../translation/useErrorText';
import { ConfirmAccountDialog } from './ConfirmAccountDialog';
import { Connecting } from './useConnectAttempt';

const EnterAccountDialog = lazy(() => import('./EnterAccountDialog'));

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
  },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  running: { display: 'flex', alignItems: 'center', gap: theme.spacing(1) },
  problem: { overflowWrap: 'anywhere' },
}));

/** Why an attempt failed, and what to do. */
const Problem = ({ error }: { error: Error }) => {
  const t = useText();
  const classes = useStyles();
  const backend = useBackendText();
  const errorText = useErrorText();
  const { diagnosis } = error as Partial<DatasourceAuthError>;
  const says = diagnosis?.details?.errorDescription;
  return (
    <Typography
      variant="body2"
      component="div"
      role="alert"
      className={classes.problem}
    >
      <strong>
        {diagnosis
          ? backend(diagnosis.texts.title, diagnosis.title)
          : errorText(error)}
      </strong>{' '}
      {diagnosis && (
        <>
          {backend(diagnosis.texts.cause, diagnosis.cause)}{' '}
          {backend(diagnosis.texts.remedy, diagnosis.remedy)}
        </>
      )}
      {says && <div>{t('connection.providerSays', { text: says })}</div>}
    </Typography>
  );
};

/**
 * Props of {@link ConnectAccount}.
 *
 * @public
 */
export interface ConnectAccountProps {
  /** The connection. A connected one offers nothing, or to replace what the user entered. */
  connection: Connection;
  /** The attempt and its actions. */
  connecting: Connecting;
}

/**
 * The button *Connect my account*, and what follows: the form for a token, or the wait for the provider, the question whether the account is the
 * user's own, and a failure.
 *
 * @public
 */
export const ConnectAccount = (props: ConnectAccountProps) => {
  const { connection, connecting } = props;
  const { state, form } = connection;
  const title = connection.title ?? connection.datasource;
  const { attempt } = connecting;
  const t = useText();
  const classes = useStyles();
  const link = (label: string, act: () => void) => (
    <Button size="small" variant="outlined" onClick={act}>
      {label}
    </Button>
  );

  const isConnected = state === 'connected';
  if (isConnected && !form && attempt.kind === 'none') return null;
  if (attempt.kind === 'starting' || attempt.kind === 'waiting') {
    return (
      <div className={classes.root}>
        <Typography
          variant="body2"
          component="div"
          role="status"
          className={classes.running}
        >
          <CircularProgress size={16} aria-hidden />
          {t(
            attempt.kind === 'waiting'
              ? 'connection.waiting'
              : 'connection.starting',
          )}
        </Typography>
        {attempt.kind === 'waiting' && (
          <>
            <Typography variant="body2">
              {t(
                attempt.windowClosed
                  ? 'connection.windowClosed'
                  : 'connection.lost',
              )}
            </Typography>
            <div className={classes.buttons}>
              {link(t('connection.openAgain'), connecting.connect)}
              {link(t('connection.continueHere'), connecting.continueHere)}
              {link(t('connection.cancel'), connecting.cancel)}
            </div>
          </>
        )}
      </div>
    );
  }
  const label =
    isConnected && form
      ? t('connection.enter.replace')
      : t(`connection.action.${state}`);
  const labels = { action: label, title };
  return (
    <div className={classes.root}>
      {attempt.kind === 'failed' && <Problem error={attempt.error} />}
      {attempt.kind === 'blocked' && (
        <>
          <Typography variant="body2" role="alert">
            {t('connection.blocked')}
          </Typography>
          {link(t('connection.continueHere'), connecting.continueHere)}
        </>
      )}
      {(!isConnected || form || attempt.kind === 'failed') && (
        <Button
          variant={isConnected && form ? 'outlined' : 'contained'}
          color="primary"
          aria-label={
            form
              ? t('connection.enter.action', labels)
              : t('connection.newWindow', labels)
          }
          onClick={connecting.connect}
        >
          {label}
        </Button>
      )}
      {attempt.kind === 'entering' && form && (
        <Suspense fallback={null}>
          <EnterAccountDialog
            connection={connection}
            form={form}
            connecting={connecting}
          />
        </Suspense>
      )}
      {attempt.kind === 'confirm' && (
        <ConfirmAccountDialog
          key={attempt.toConfirm.doubts.join()}
          title={title}
          toConfirm={attempt.toConfirm}
          confirming={attempt.confirming}
          onConfirm={connecting.confirm}
          onRefuse={connecting.cancel}
        />
      )}
    </div>
  );
};
