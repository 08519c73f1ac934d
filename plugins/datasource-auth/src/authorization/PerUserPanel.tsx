import { Link } from '@backstage/core-components';
import { StatusMarker } from 'backstage-plugin-datasource-auth-react';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { useElementId, usePaths } from '../frame';
import { useText } from '../translation';
import { RedirectHint } from './RedirectHint';

/** Props of {@link PerUserPanel}. */
export interface PerUserPanelProps {
  /** Name of the saved datasource, if people can already connect. */
  name?: string;
  /** Labels of required settings that are missing in the form. */
  missing: string[];
  /** Only with an authorization code grant. */
  redirectUri?: string;
}

/** Takes the place of the editor's authorization panel where each person connects their own account. */
export const PerUserPanel = (props: PerUserPanelProps) => {
  const { name, missing, redirectUri } = props;
  const t = useText();
  const paths = usePaths();
  const id = useElementId();
  return (
    <Paper
      variant="outlined"
      component="section"
      aria-labelledby={id}
      style={{ padding: 16 }}
    >
      <Typography id={id} variant="h6" component="h3" gutterBottom>
        {t('panel.heading')}
      </Typography>
      <StatusMarker state={missing.length ? 'NOT_CONFIGURED' : 'PER_USER'} />
      <Typography variant="body2">
        {missing.length > 0
          ? t('panel.fillIn', { labels: missing.join(', ') })
          : t('panel.perUser')}
      </Typography>
      {name && (
        <Typography variant="body2">
          <Link to={paths.connection(name)} underline="always">
            {t('connections.perUser')}
          </Link>
        </Typography>
      )}
      {redirectUri && <RedirectHint uri={redirectUri} />}
    </Paper>
  );
};
