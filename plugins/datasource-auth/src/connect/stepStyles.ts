import { makeStyles } from '@material-ui/core/styles';

/** Height of Backstage's own bar at the bottom of a phone. */
const PHONE_BAR = 56;

/** The layout that both steps share: a card with up to two columns, and the actions below them. */
export const useStepStyles = makeStyles(theme => ({
  // Scrolls the focused element above the actions, so that it isn't hidden behind them.
  '@global': { html: { scrollPaddingBottom: 140 } },
  card: {
    maxWidth: 1040,
    borderRadius: theme.shape.borderRadius,
    border: `1px solid ${theme.palette.divider}`,
    backgroundColor: theme.palette.background.paper,
  },
  narrow: { maxWidth: 640 },
  columns: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    [theme.breakpoints.up('md')]: {
      gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
    },
  },
  guide: {
    padding: theme.spacing(3),
    borderBottom: `1px solid ${theme.palette.divider}`,
    [theme.breakpoints.up('md')]: {
      borderBottom: 'none',
      borderRight: `1px solid ${theme.palette.divider}`,
    },
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(2) },
  },
  part: {
    padding: theme.spacing(3),
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(2) },
  },
  actions: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(1.5, 3),
    borderTop: `1px solid ${theme.palette.divider}`,
    borderRadius: 'inherit',
    backgroundColor: theme.palette.background.paper,
    // On a phone, in view wherever the page is scrolled to.
    [theme.breakpoints.down('xs')]: {
      position: 'sticky',
      bottom: PHONE_BAR,
      zIndex: 1,
      padding: theme.spacing(1, 2),
    },
  },
  quiet: { textTransform: 'none' },
  gap: { flexGrow: 1 },
}));
