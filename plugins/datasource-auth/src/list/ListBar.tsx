import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useText } from '../translation';

const useStyles = makeStyles(theme => ({
  // Reserves the height of the button, so that nothing moves when it appears.
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(2),
    minHeight: 40,
  },
}));

/** The backend counts only up to this number. */
const COUNTED = 1_000;

/** Props of {@link ListBar}. */
export interface ListBarProps {
  /** Number of matches, at most a thousand; undefined until loaded. */
  total?: number;
  /** Number of changed rows that aren't shown yet. */
  changes: number;
  onShowChanges: () => void;
}

/** Shows the number of matches, and whether the list has changed. */
export const ListBar = ({ total, changes, onShowChanges }: ListBarProps) => {
  const t = useText();
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {total !== undefined && (
        <Typography variant="h5" component="h2">
          {total < COUNTED
            ? t('list.total', { count: total })
            : t('list.totalMany', { most: String(COUNTED - 1) })}
        </Typography>
      )}
      {changes > 0 && (
        <Button size="small" variant="outlined" onClick={onShowChanges}>
          {t('list.changes', { count: changes })}
        </Button>
      )}
    </div>
  );
};
