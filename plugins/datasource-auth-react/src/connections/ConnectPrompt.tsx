import { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import Link from '@material-ui/core/Link';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Link as RouterLink } from 'react-router-dom';
import { useText } from '../translation/useText';
import { connectReason } from './connectReason';
import { ConnectAccount } from './ConnectAccount';
import { useConnection } from './useConnection';
import { useConnectionsPath } from './useConnectionsPath';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: theme.spacing(1.5),
    padding: theme.spacing(2),
    overflowWrap: 'anywhere',
  },
}));

/**
 * Props of {@link ConnectPrompt}.
 *
 * @public
 */
export interface ConnectPromptProps {
  /** Name of the datasource. */
  datasource: string;
  /** What needs the connection. It is rendered once the user is connected. */
  children?: ReactNode;
}

/**
 * Asks the user to connect their own account to a datasource, and renders its children once they are connected. If the
 * user must agree to new plugins, it renders both: the plugins that they agreed to go on. The app must have the page of
 * the datasource-auth plugin, where its link leads.
 *
 * @public
 */
export const ConnectPrompt = ({ datasource, children }: ConnectPromptProps) => {
  const t = useText();
  const classes = useStyles();
  const mine = useConnection(datasource);
  const path = useConnectionsPath(datasource);
  const { state, connection } = mine;
  const shown = connection?.state ?? 'not_connected';

  if (state.kind === 'loading') {
    return (
      <Typography variant="body2" role="status">
        {t('connection.loading')}
      </Typography>
    );
  }
  if (state.kind === 'connected') return <>{children}</>;
  return (
    <>
      <Paper variant="outlined" className={classes.root}>
        <Typography variant="body2">
          {connectReason(t, datasource, mine)}
        </Typography>
        {state.kind === 'error' && (
          <Button size="small" variant="outlined" onClick={mine.retry}>
            {t('connection.retry')}
          </Button>
        )}
        {connection && state.kind !== 'refused' && state.kind !== 'error' && (
          <>
            <ConnectAccount connection={connection} connecting={mine} />
            <Typography variant="body2">
              <Link component={RouterLink} to={path} underline="always">
                {t('connection.all')}
              </Link>
            </Typography>
          </>
        )}
      </Paper>
      {shown === 'consent_outdated' && children}
    </>
  );
};
