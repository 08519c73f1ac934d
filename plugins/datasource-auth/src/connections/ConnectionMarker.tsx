import { makeStyles } from '@material-ui/core/styles';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import RadioButtonUncheckedIcon from '@material-ui/icons/RadioButtonUnchecked';
import WarningIcon from '@material-ui/icons/Warning';
import { ConnectionState } from 'backstage-plugin-datasource-auth-common';
import { useText } from '../translation';

const ICONS = {
  not_connected: RadioButtonUncheckedIcon,
  connected: CheckCircleIcon,
  reconnect: WarningIcon,
  consent_outdated: WarningIcon,
  scope_missing: WarningIcon,
  suspended: WarningIcon,
} satisfies Record<ConnectionState, unknown>;

const useStyles = makeStyles(theme => {
  const dark = theme.palette.type === 'dark';
  const warning = { color: dark ? '#ffb870' : '#8a4b00' };
  return {
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      fontWeight: 600,
      fontSize: '0.8125rem',
    },
    not_connected: { color: theme.palette.text.secondary },
    connected: { color: dark ? '#7ddb92' : '#1b6b34' },
    reconnect: warning,
    consent_outdated: warning,
    scope_missing: warning,
    suspended: warning,
  };
});

/** Shows the state of a person's connection as text with an icon; color is redundant. */
export const ConnectionMarker = ({ state }: { state: ConnectionState }) => {
  const classes = useStyles();
  const t = useText();
  const Icon = ICONS[state];
  return (
    <span className={`${classes.root} ${classes[state]}`}>
      <Icon aria-hidden fontSize="small" />
      {t(`connections.state.${state}`)}
    </span>
  );
};
