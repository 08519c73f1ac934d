import { makeStyles } from '@material-ui/core/styles';

/** Height of Backstage's own bar at the bottom of a phone. */
const PHONE_BAR = 56;

/** The layout that both steps share: a card with up to two columns, and the actions below the fields. */
export const useStepStyles = makeStyles(theme => ({
  // Scrolls the focused element above the actions, so that it isn't hidden behind them.
  '@global': { html: { scrollPaddingBottom: 140 } },
  card: {
    maxWidth: 680,
    borderRadius: theme.shape.borderRadius,
    border: `1px solid ${theme.palette.divider}`,
    backgroundColor: theme.palette.background.paper,
  },
  columns: {
    maxWidth: 1040,
    [theme.breakpoints.up('md')]: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)',
      gridTemplateRows: 'auto 1fr',
    },
  },
  guide: {
    gridRow: '1 / span 2',
    padding: theme.spacing(3),
    borderBottom: `1px solid ${theme.palette.divider}`,
    [theme.breakpoints.up('md')]: {
      borderBottom: 'none',
      borderRight: `1px solid ${theme.palette.divider}`,
    },
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(2) },
  },
  part: {
    padding: theme.spacing(3, 3, 2),
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(2) },
  },
  actions: {
    display: 'flex',
    alignItems: 'center',
    alignSelf: 'start',
    gap: theme.spacing(1),
    padding: theme.spacing(0, 3, 3),
    // Below two columns, in view wherever the page is scrolled to.
    [theme.breakpoints.down('sm')]: {
      position: 'sticky',
      bottom: 0,
      zIndex: 1,
      padding: theme.spacing(1, 3),
      borderTop: `1px solid ${theme.palette.divider}`,
      borderRadius: 'inherit',
      backgroundColor: theme.palette.background.paper,
    },
    [theme.breakpoints.down('xs')]: {
      bottom: PHONE_BAR,
      padding: theme.spacing(1, 2),
    },
  },
  quiet: { textTransform: 'none' },
}));
