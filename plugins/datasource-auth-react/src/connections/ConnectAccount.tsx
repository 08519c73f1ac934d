import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  ConnectionState,
  DatasourceAuthError,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthReactTranslationRef } from '../translation/datasourceAuthReactTranslationRef';
import { useBackendText } from '../translation/useBackendText';
import { useErrorText } from '../translation/useErrorText';
import { ConfirmAccountDialog } from './ConfirmAccountDialog';
import { Connecting } from './useConnectAttempt';

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
  const { t } = useTranslationRef(datasourceAuthReactTranslationRef);
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
  /** Display name of the datasource. */
  title: string;
  /** State of the connection. A connected one offers nothing. */
  state: ConnectionState;
  /** The attempt and its actions. */
  connecting: Connecting;
}

/**
 * The button *Connect my account*, and what follows: the wait for the provider, the question whether the account is the
 * user's own, and a failure.
 *
 * @public
 */
export const ConnectAccount = (props: ConnectAccountProps) => {
  const { title, state, connecting } = props;
  const { attempt } = connecting;
  const { t } = useTranslationRef(datasourceAuthReactTranslationRef);
  const classes = useStyles();
  const link = (label: string, act: () => void) => (
    <Button size="small" variant="outlined" onClick={act}>
      {label}
    </Button>
  );

  if (state === 'connected' && attempt.kind === 'none') return null;
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
  const label = t(`connection.action.${state}`);
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
      {(state !== 'connected' || attempt.kind === 'failed') && (
        <Button
          variant="contained"
          color="primary"
          aria-label={t('connection.newWindow', { action: label, title })}
          onClick={connecting.connect}
        >
          {label}
        </Button>
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
