import { makeStyles } from '@material-ui/core/styles';
import { useText } from '../translation';

const ROWS = 6;
const SHARES = [28, 32, 16, 14];

const useStyles = makeStyles(theme => ({
  '@keyframes pulse': { '50%': { opacity: 0.4 } },
  row: {
    display: 'flex',
    gap: theme.spacing(3),
    padding: theme.spacing(2.5, 2),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  cell: {
    flexBasis: 0,
    minWidth: 0,
    height: 16,
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.action.selected,
    animation: '$pulse 1.6s ease-in-out infinite',
    '@media (prefers-reduced-motion: reduce)': { animation: 'none' },
  },
}));

/** Placeholder for the list while it loads. */
export const TableSkeleton = () => {
  const t = useText();
  const classes = useStyles();
  return (
    <div role="progressbar" aria-label={t('list.loading')}>
      {Array.from({ length: ROWS }, (_, row) => (
        <div key={row} className={classes.row}>
          {SHARES.map((share, cell) => (
            // eslint-disable-next-line react/no-array-index-key -- the placeholders never change places
            <div
              key={cell}
              className={classes.cell}
              style={{ flexGrow: share }}
            />
          ))}
        </div>
      ))}
    </div>
  );
};
