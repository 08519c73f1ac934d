import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { CopyButton, useElementId } from '../frame';
import { useText } from '../translation';

const useStyles = makeStyles(theme => ({
  block: { margin: theme.spacing(2, 0), overflowWrap: 'anywhere' },
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
