import { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import Card from '@material-ui/core/Card';
import CardActionArea from '@material-ui/core/CardActionArea';
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
  card: { height: '100%' },
  action: {
    height: '100%',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'stretch',
    justifyContent: 'flex-start',
  },
}));

/** Props of {@link LinkCard}. */
export interface LinkCardProps {
  to: string;
  title: string;
  /** A line in grey below the title. */
  meta?: string;
  text: string;
}

/** A card that leads somewhere. */
export const LinkCard = ({ to, title, meta, text }: LinkCardProps) => {
  const classes = useStyles();
  const id = useElementId();
  return (
    <Card variant="outlined" className={classes.card}>
      <CardActionArea
        component={Link}
        role={undefined} // a link, though Material UI 4 calls all of them buttons
        to={to}
        className={classes.action}
        aria-labelledby={`${id}-title`}
        aria-describedby={meta ? `${id}-meta ${id}-text` : `${id}-text`}
      >
        <CardContent>
          <Typography id={`${id}-title`} variant="h6" component="h3">
            {title}
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
      </CardActionArea>
    </Card>
  );
};

/** Cards side by side, as many as there is room for. */
export const CardGrid = (props: { label: string; children: ReactNode }) => {
  const classes = useStyles();
  return (
    <ul className={classes.grid} aria-label={props.label}>
      {props.children}
    </ul>
  );
};
