import { ReactNode } from 'react';
import { Link } from '@backstage/core-components';
import Card from '@material-ui/core/Card';
import CardContent from '@material-ui/core/CardContent';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useElementId } from './useElementId';

const useStyles = makeStyles(theme => ({
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 260px), 1fr))',
    gap: theme.spacing(2),
    listStyle: 'none',
    padding: 0,
    margin: theme.spacing(1, 0),
  },
  card: {
    position: 'relative',
    height: '100%',
    '&:hover': { backgroundColor: theme.palette.action.hover },
    '&:focus-within': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: 2,
    },
  },
  title: { display: 'flex', alignItems: 'center', gap: theme.spacing(1) },
  // The whole card is clickable, but its accessible name is the title only.
  link: {
    '&::after': { content: '""', position: 'absolute', inset: 0 },
    '&:focus': { outline: 'none' },
  },
}));

/** Props of {@link LinkCard}. */
export interface LinkCardProps {
  to: string;
  title: string;
  /** Shown before the title. */
  mark?: ReactNode;
  /** A gray line below the title. */
  meta?: string;
  text: string;
}

/** A card that links to another page. */
export const LinkCard = ({ to, title, mark, meta, text }: LinkCardProps) => {
  const classes = useStyles();
  const id = useElementId();
  return (
    <Card variant="outlined" className={classes.card}>
      <CardContent>
        <Typography variant="h6" component="h3" className={classes.title}>
          {mark}
          <Link
            to={to}
            color="inherit"
            underline="none"
            className={classes.link}
            aria-describedby={meta ? `${id}-meta ${id}-text` : `${id}-text`}
          >
            {title}
          </Link>
        </Typography>
        {meta && (
          <Typography
            id={`${id}-meta`}
            variant="body2"
            color="textSecondary"
            gutterBottom
          >
            {meta}
          </Typography>
        )}
        <Typography id={`${id}-text`} variant="body2">
          {text}
        </Typography>
      </CardContent>
    </Card>
  );
};

/** Lays out cards side by side, as many as fit. */
export const CardGrid = (props: { label: string; children: ReactNode }) => {
  const classes = useStyles();
  return (
    <ul className={classes.grid} aria-label={props.label}>
      {props.children}
    </ul>
  );
};
