import { get } from 'react-hook-form';
import { StagedCredential } from 'backstage-plugin-datasource-auth-common';
import {
  DateTime,
  useBackendText,
} from 'backstage-plugin-datasource-auth-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import InfoIcon from '@material-ui/icons/Info';
import WarningIcon from '@material-ui/icons/Warning';
import { Notice, OwnerLink, SubmitButton, useElementId } from '../frame';
import { FIELDS } from '../kinds';
import { ConsumersDraft } from '../settings/fieldCodec';
import { useText } from '../translation';
import { NameChoice } from './NameChoice';
import { PluginsChoice } from './PluginsChoice';
import { pluginsOf } from './pluginsOf';
import { useStepStyles } from './stepStyles';
import { ConnectModel } from './useConnect';

const useStyles = makeStyles(theme => ({
  done: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1.5),
    padding: theme.spacing(2, 3),
    borderBottom: `1px solid ${theme.palette.divider}`,
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(2) },
  },
  connected: {
    marginTop: 2,
    color: theme.palette.type === 'dark' ? '#7ddb92' : '#1b6b34',
  },
  connectedUntested: { marginTop: 2, color: theme.palette.text.secondary },
  connectedFailed: {
    marginTop: 2,
    color: theme.palette.type === 'dark' ? '#ffb74d' : '#8a4b00',
  },
}));

const ICONS = {
  connected: CheckCircleIcon,
  connectedUntested: InfoIcon,
  connectedFailed: WarningIcon,
};

const countScopes = (scope = '') =>
  scope.split(/[\s,]+/).filter(Boolean).length;

/** Says what is connected, and what is known about it. */
const Done = ({ model }: { model: ConnectModel }) => {
  const { panel, heading, outcome } = model;
  const t = useText();
  const styles = useStyles();
  if (panel.state.kind !== 'staged') return null;
  const {
    account,
    scope,
    missingScopes,
    expiresAt,
    ...more
  }: StagedCredential = panel.state.credential;
  const scopes = countScopes(scope);
  const Icon = ICONS[outcome];
  const isTested = outcome === 'connected';
  const known: string[] = [
    ...(isTested ? [t('connect.tested')] : []),
    ...(outcome === 'connectedUntested' ? [t('connect.untested')] : []),
    ...(!isTested && account ? [t('connect.account', { account })] : []),
    ...(scopes ? [t('connect.scopeCount', { count: scopes })] : []),
  ];
  const endsForGood =
    expiresAt && !more.hasRefreshToken && more.renewable === false;
  return (
    <div className={styles.done}>
      <Icon aria-hidden className={styles[outcome]} />
      <div>
        <Typography ref={heading} tabIndex={-1} variant="h6" component="h3">
          {isTested && account
            ? t('connect.connectedAs', { account })
            : t(`connect.${outcome}`)}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {known.join(' · ')}
        </Typography>
        {missingScopes && missingScopes.length > 0 && (
          <Typography variant="body2">
            {t('panel.notGranted', { scopes: missingScopes.join(', ') })}
          </Typography>
        )}
        {endsForGood && (
          <Typography variant="body2">
            {t('connect.noRenewal', { time: <DateTime value={expiresAt} /> })}
          </Typography>
        )}
      </div>
    </div>
  );
};

/** The last step: what was connected, who may use it, and Save. */
export const ConnectedStep = ({ model }: { model: ConnectModel }) => {
  const { editor, save, taken, isTaken } = model;
  const t = useText();
  const backend = useBackendText();
  const classes = useStepStyles();
  const id = useElementId();
  const owner = get(editor.values, FIELDS.owner.path) as string;
  const consumers: ConsumersDraft = get(editor.values, FIELDS.consumers.path);
  const isForNobody =
    consumers.mode === 'listed' && !pluginsOf(consumers).length;
  const { failure, saving } = save;
  return (
    <form
      noValidate
      autoComplete="off"
      className={classes.card}
      aria-labelledby={id}
      onSubmit={event => {
        event.preventDefault();
        if (!saving) model.submit();
      }}
    >
      <Done model={model} />
      <div className={classes.part}>
        <Typography id={id} variant="h6" component="h3">
          {t('connect.who')}
        </Typography>
        <PluginsChoice />
        {isForNobody && (
          <Typography variant="body2" gutterBottom role="status">
            {t('connect.nobody')}
          </Typography>
        )}
        {owner && (
          <Typography variant="body2" color="textSecondary">
            {t('connect.owner', { owner: <OwnerLink owner={owner} /> })}
          </Typography>
        )}
        <NameChoice />
        {taken && (
          <Notice severity="warning" alert>
            {t('connect.taken', { name: taken.name })}{' '}
            <Button
              size="small"
              variant="outlined"
              className={classes.quiet}
              onClick={() => model.saveAs(taken.offered)}
            >
              {t('connect.saveAs', { name: taken.offered })}
            </Button>
          </Notice>
        )}
        {failure && !isTaken && (
          <Notice severity="error" alert>
            {t('connect.saveFailed', {
              message: backend(failure.texts?.title, failure.title),
            })}
          </Notice>
        )}
      </div>
      <div className={classes.actions}>
        <SubmitButton
          variant="contained"
          color="primary"
          reason={saving ? t('connect.saving') : undefined}
          reasonHidden
        >
          {saving ? t('connect.saving') : t('connect.save')}
        </SubmitButton>
        <Button className={classes.quiet} onClick={model.reopen}>
          {t('connect.back')}
        </Button>
        <Button className={classes.quiet} onClick={model.openAllSettings}>
          {t('connect.allSettings')}
        </Button>
      </div>
    </form>
  );
};
