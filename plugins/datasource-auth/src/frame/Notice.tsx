import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import InfoIcon from '@material-ui/icons/Info';
import WarningIcon from '@material-ui/icons/Warning';

const ICONS = {
  success: CheckCircleIcon,
  info: InfoIcon,
  warning: WarningIcon,
  error: ErrorIcon,
};

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body2,
    display: 'flex',
    gap: theme.spacing(1.5),
    padding: theme.spacing(1.5, 2),
    marginBottom: theme.spacing(2),
    borderRadius: theme.shape.borderRadius,
    border: `1px solid ${theme.palette.divider}`,
    borderLeftWidth: 4,
    color: theme.palette.text.primary,
    backgroundColor: theme.palette.background.paper,
  },
  success: { borderLeftColor: theme.palette.success.main },
  info: { borderLeftColor: theme.palette.info.main },
  warning: { borderLeftColor: theme.palette.warning.main },
  error: { borderLeftColor: theme.palette.error.main },
  body: {
    minWidth: 0,
    flexGrow: 1,
    overflowWrap: 'anywhere',
    '& ul': { margin: theme.spacing(0.5, 0), paddingLeft: theme.spacing(2.5) },
  },
}));

/** Props of {@link Notice}. */
export interface NoticeProps {
  severity: keyof typeof ICONS;
  /** Set if it blocks the user's action: screen readers announce it immediately. */
  alert?: boolean;
  children: ReactNode;
}

/** A message on the page with an icon and text; color is only an addition. */
export const Notice = ({ severity, alert, children }: NoticeProps) => {
  const classes = useStyles();
  const Icon = ICONS[severity];
  return (
    <div
      className={`${classes.root} ${classes[severity]}`}
      role={alert ? 'alert' : undefined}
    >
      <Icon aria-hidden fontSize="small" />
      <div className={classes.body}>{children}</div>
    </div>
  );
};
