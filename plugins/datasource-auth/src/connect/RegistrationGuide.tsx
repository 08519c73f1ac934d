import { Link } from '@backstage/core-components';
import { Preset, PresetWay } from 'backstage-plugin-datasource-auth-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import OpenInNewIcon from '@material-ui/icons/OpenInNew';
import { CopyButton, useElementId } from '../frame';
import { GuideLink } from '../gallery/GuideLink';
import { useText } from '../translation';
import { ScopeChoice } from './ScopeChoice';

const useStyles = makeStyles(theme => ({
  root: { overflowWrap: 'anywhere' },
  steps: {
    margin: theme.spacing(2, 0),
    paddingLeft: theme.spacing(2.5),
    '& li + li': { marginTop: theme.spacing(0.75) },
  },
  uri: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    margin: theme.spacing(0.5, 0),
    padding: theme.spacing(0.75, 0.75, 0.75, 1.5),
    borderRadius: theme.shape.borderRadius,
    border: `1px solid ${theme.palette.divider}`,
    fontFamily: 'monospace',
    fontSize: '0.8125rem',
  },
  block: { marginBottom: theme.spacing(2) },
  button: { textTransform: 'none' },
}));

/** The exact address to register at the provider, to copy. */
export const RedirectUriBox = ({ redirectUri }: { redirectUri: string }) => {
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  return (
    <div role="group" aria-labelledby={id} className={classes.block}>
      <Typography id={id} variant="subtitle2" component="h4">
        {t('editor.redirectUri')}
      </Typography>
      <div className={classes.uri}>
        <span>{redirectUri}</span>
        <CopyButton text={redirectUri} what={t('editor.redirectUri')} />
      </div>
      <Typography variant="caption" color="textSecondary">
        {t('connect.redirectUri')}
      </Typography>
    </div>
  );
};

/** Props of {@link RegistrationGuide}. */
export interface RegistrationGuideProps {
  preset: Preset;
  way: PresetWay;
  /** The exact redirect URI, if the way has one. */
  redirectUri?: string;
}

/** What to do at the provider: where, the steps, the redirect URI, and the scopes. */
export const RegistrationGuide = (props: RegistrationGuideProps) => {
  const { preset, way, redirectUri } = props;
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  const { title, registration, source } = preset;
  const isStatic = way === 'static';
  const { url, steps } =
    (isStatic ? registration.static : undefined) ?? registration;
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
          {t('connect.console', { title })}
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
      {!isStatic && <ScopeChoice preset={preset} />}
      <Typography variant="body2">
        <GuideLink preset={preset} />{' '}
        <Link to={source}>{t('connect.documentation')}</Link>
      </Typography>
    </section>
  );
};
