import { Health } from 'backstage-plugin-datasource-auth-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
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
    notOk: { color: dark ? '#ffb870' : '#8a4b00' },
    detail: { color: theme.palette.text.secondary },
  };
});

/** The setup checks, those first that something has to be done about. */
export const HealthChecks = ({ health }: { health: Health }) => {
  const t = useText();
  const classes = useStyles();
  const open = health.checks.filter(check => !check.ok).length;
  const checks = [...health.checks].sort((a, b) => Number(a.ok) - Number(b.ok));
  return (
    <>
      <Typography variant="body1" paragraph>
        {open ? t('health.open', { count: open }) : t('health.well')}
      </Typography>
      <ul className={classes.list} aria-label={t('health.checks')}>
        {checks.map(({ id, ok, title, detail, remedy }) => {
          const Icon = ok ? CheckCircleIcon : WarningIcon;
          return (
            <li key={id} className={classes.check}>
              <Icon
                titleAccess={t(ok ? 'health.ok' : 'health.notOk')}
                className={ok ? classes.ok : classes.notOk}
              />
              <div>
                <Typography variant="subtitle2" component="h3">
                  {title}
                </Typography>
                {detail && (
                  <Typography variant="body2" className={classes.detail}>
                    {detail}
                  </Typography>
                )}
                {!ok && remedy && (
                  <Typography variant="body2">
                    <strong>{t('panel.whatToDo')}:</strong> {remedy}
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
