import { Link } from '@backstage/core-components';
import {
  Preset,
  presetRegistration,
  PresetWay,
} from 'backstage-plugin-datasource-auth-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import OpenInNewIcon from '@material-ui/icons/OpenInNew';
import { useElementId } from '../frame';
import { GuideLink } from '../gallery/GuideLink';
import { useText } from '../translation';
import { RedirectUriBox } from './RedirectUriBox';
import { ScopeChoice } from './ScopeChoice';

const useStyles = makeStyles(theme => ({
  root: { overflowWrap: 'anywhere' },
  steps: {
    margin: theme.spacing(2, 0),
    paddingLeft: theme.spacing(2.5),
    '& li + li': { marginTop: theme.spacing(0.75) },
  },
  links: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 2) },
  button: { textTransform: 'none' },
}));

/** Props of {@link RegistrationGuide}. */
export interface RegistrationGuideProps {
  preset: Preset;
  way: PresetWay;
  /** The exact redirect URI, if the way has one. */
  redirectUri?: string;
  /** Whether the scopes are chosen here. */
  hasScopes: boolean;
}

/** What to do at the provider: where, the steps, the redirect URI, and the scopes. */
export const RegistrationGuide = (props: RegistrationGuideProps) => {
  const { preset, way, redirectUri, hasScopes } = props;
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  const { url, steps } = presetRegistration(preset, way);
  return (
    <section aria-labelledby={id} className={classes.root}>
      <Typography id={id} variant="h6" component="h3" gutterBottom>
        {t('connect.atProvider')}
      </Typography>
      {url && (
        <Button
          variant="outlined"
          size="small"
          className={classes.button}
          endIcon={<OpenInNewIcon aria-hidden />}
          href={url}
          target="_blank"
          rel="noopener noreferrer"
        >
          {t('connect.console', { host: new URL(url).host })}
        </Button>
      )}
      <Typography
        component="ol"
        variant="body2"
        className={classes.steps}
        aria-labelledby={id}
      >
        {steps.map(step => (
          <li key={step}>{step}</li>
        ))}
      </Typography>
      {redirectUri && <RedirectUriBox redirectUri={redirectUri} />}
      {way !== 'static' && hasScopes && <ScopeChoice preset={preset} />}
      <Typography variant="body2" component="div" className={classes.links}>
        <GuideLink preset={preset} />
        <Link to={preset.source}>{t('connect.documentation')}</Link>
      </Typography>
    </section>
  );
};
