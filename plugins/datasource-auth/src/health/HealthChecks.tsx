import { Health, HealthCheck } from 'backstage-plugin-datasource-auth-common';
import { useBackendText } from 'backstage-plugin-datasource-auth-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import HelpIcon from '@material-ui/icons/Help';
import WarningIcon from '@material-ui/icons/Warning';
import { useText } from '../translation';

const useStyles = makeStyles(theme => {
  const dark = theme.palette.type === 'dark';
  return {
    list: { listStyle: 'none', margin: 0, padding: 0, maxWidth: 860 },
    check: {
      display: 'flex',
      gap: theme.spacing(1.5),
      padding: theme.spacing(1.5, 0),
      borderTop: `1px solid ${theme.palette.divider}`,
      overflowWrap: 'anywhere',
    },
    ok: { color: dark ? '#7ddb92' : '#1b6b34' },
    advice: { color: dark ? '#ffb870' : '#8a4b00' },
    problem: { color: dark ? '#ff9a90' : '#b3261e' },
    unknown: { color: theme.palette.text.secondary },
    detail: { color: theme.palette.text.secondary },
  };
});

type State = HealthCheck['state'];

const ICONS: Record<State, typeof ErrorIcon> = {
  problem: ErrorIcon,
  advice: WarningIcon,
  unknown: HelpIcon,
  ok: CheckCircleIcon,
};
/** The order in which checks are shown. */
const ORDER = Object.keys(ICONS) as State[];

/** The setup checks, with those that need attention first. */
export const HealthChecks = ({ health }: { health: Health }) => {
  const t = useText();
  const backend = useBackendText();
  const classes = useStyles();
  const count = (...states: State[]) =>
    health.checks.filter(({ state }) => states.includes(state)).length;
  const open = count('problem', 'advice');
  const unknown = count('unknown');
  const checks = [...health.checks].sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state),
  );
  return (
    <>
      <Typography variant="body1" paragraph>
        {open > 0 && t('health.open', { count: open })}{' '}
        {unknown > 0 && t('health.unknownCount', { count: unknown })}
        {open + unknown === 0 && t('health.well')}
      </Typography>
      <ul className={classes.list} aria-label={t('health.checks')}>
        {checks.map(({ id, state, title, detail, remedy, texts }) => {
          const Icon = ICONS[state];
          return (
            <li key={id} className={classes.check}>
              <Icon
                titleAccess={t(`health.state.${state}`)}
                className={classes[state]}
              />
              <div>
                <Typography variant="subtitle2" component="h3">
                  {backend(texts.title, title)}
                </Typography>
                {detail && (
                  <Typography variant="body2" className={classes.detail}>
                    {backend(texts.detail, detail)}
                  </Typography>
                )}
                {state !== 'ok' && remedy && (
                  <Typography variant="body2">
                    <strong>{t('panel.remediationSteps')}:</strong>{' '}
                    {backend(texts.remedy, remedy)}
                  </Typography>
                )}
              </div>
            </li>
          );
        })}
        <li className={classes.check}>
          <CheckCircleIcon aria-hidden className={classes.ok} />
          <div>
            <Typography variant="subtitle2" component="h3">
              {t(
                health.passwordGrantEnabled
                  ? 'health.passwordOn'
                  : 'health.passwordOff',
              )}
            </Typography>
            <Typography variant="body2" className={classes.detail}>
              {t('health.passwordText')}
            </Typography>
          </div>
        </li>
      </ul>
    </>
  );
};
