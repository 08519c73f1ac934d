import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useText } from '../translation';

const useStyles = makeStyles(theme => ({
  // As high as its button, so that nothing below moves when that one comes.
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(2),
    minHeight: 40,
  },
}));

/** The backend counts up to here. */
const COUNTED = 1_000;

/** Props of {@link ListBar}. */
export interface ListBarProps {
  /** How many match, up to a thousand; undefined until it is known. */
  total?: number;
  /** Rows that changed and are not shown yet. */
  changes: number;
  onShowChanges: () => void;
}

/** How many there are, and whether something changed behind what is shown. */
export const ListBar = ({ total, changes, onShowChanges }: ListBarProps) => {
  const t = useText();
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {total !== undefined && (
        <Typography variant="body2" color="textSecondary">
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
