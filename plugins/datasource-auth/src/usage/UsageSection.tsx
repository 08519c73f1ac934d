import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useElementId } from '../frame';
import { useText } from '../translation';
import { UsageSparkline } from './UsageSparkline';
import { useConsumers } from './useConsumers';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2) },
}));

/** Shows how much a datasource is used. Hidden if the user may not know. */
export const UsageSection = ({ name }: { name: string }) => {
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  const { value } = useConsumers(name);
  if (!value) return null;
  return (
    <Paper
      variant="outlined"
      component="section"
      className={classes.root}
      aria-labelledby={id}
    >
      <Typography id={id} variant="h6" component="h3">
        {t('usage.lastWeek')}
      </Typography>
      <UsageSparkline hours={value.hours} />
    </Paper>
  );
};
