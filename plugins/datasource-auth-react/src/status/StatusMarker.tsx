import { makeStyles } from '@material-ui/core/styles';
import BlockIcon from '@material-ui/icons/Block';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import PeopleIcon from '@material-ui/icons/People';
import SettingsIcon from '@material-ui/icons/Settings';
import WarningIcon from '@material-ui/icons/Warning';
import { DatasourceState } from 'backstage-plugin-datasource-auth-common';
import { useText } from '../translation/useText';

const ICONS = {
  AUTHORIZED: CheckCircleIcon,
  NOT_AUTHORIZED: BlockIcon,
  NOT_CONFIGURED: SettingsIcon,
  ERROR: WarningIcon,
  PER_USER: PeopleIcon,
};

const useStyles = makeStyles(theme => {
  const dark = theme.palette.type === 'dark';
  return {
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      fontWeight: 600,
      fontSize: '0.8125rem',
      letterSpacing: 0.2,
      whiteSpace: 'nowrap',
    },
    AUTHORIZED: { color: dark ? '#7ddb92' : '#1b6b34' },
    NOT_AUTHORIZED: { color: dark ? '#ffb870' : '#8a4b00' },
    NOT_CONFIGURED: { color: theme.palette.text.secondary },
    ERROR: { color: dark ? '#ff9a93' : '#b3261e' },
    PER_USER: { color: theme.palette.text.secondary },
    unsaved: {
      marginLeft: theme.spacing(1),
      padding: theme.spacing(0, 0.75),
      border: '1px solid currentColor',
      borderRadius: theme.shape.borderRadius,
      fontSize: '0.75rem',
    },
  };
});

/**
 * Props of {@link StatusMarker}.
 *
 * @public
 */
export interface StatusMarkerProps {
  /** The state. */
  state: DatasourceState;
  /** Whether the state belongs to a draft: shows "Not saved" next to it. */
  notSaved?: boolean;
  /** Shows the state in sentence case, for lists and tables. */
  calm?: boolean;
}

/**
 * Shows the status of a datasource as text with an icon of its own shape; color is redundant. AUTHORIZED means that a
 * credential is stored, not that it was tested.
 *
 * @public
 */
export const StatusMarker = ({ state, notSaved, calm }: StatusMarkerProps) => {
  const classes = useStyles();
  const t = useText();
  const Icon = ICONS[state];
  return (
    <span className={`${classes.root} ${classes[state]}`}>
      <Icon aria-hidden fontSize="small" />
      <span>{t(calm ? `calmState.${state}` : `state.${state}`)}</span>
      {notSaved && <span className={classes.unsaved}>{t('notSaved')}</span>}
    </span>
  );
};
