import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { usePaths } from '../frame';
import { useText } from '../translation';

const useStyles = makeStyles(theme => ({
  ways: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 3),
    marginTop: theme.spacing(4),
    paddingTop: theme.spacing(2),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
}));

/** Links to the ways to connect an API that has no preset. */
export const OtherWays = () => {
  const t = useText();
  const classes = useStyles();
  const paths = usePaths();
  return (
    <Typography component="div" variant="body2" className={classes.ways}>
      <span>{t('gallery.notListed')}</span>
      <Link to={paths.openapi}>{t('gallery.fromOpenApi')}</Link>
      <Link to={paths.connect}>{t('gallery.anotherApi')}</Link>
    </Typography>
  );
};
