import CircularProgress from '@material-ui/core/CircularProgress';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', alignItems: 'center', gap: theme.spacing(1) },
}));

/** Says that something is in progress. */
export const Running = ({ text }: { text: string }) => {
  const classes = useStyles();
  return (
    <Typography variant="body2" component="div" className={classes.root}>
      <CircularProgress size={16} aria-hidden />
      {text}
    </Typography>
  );
};
