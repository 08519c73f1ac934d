import { Preset } from 'backstage-plugin-datasource-auth-common';
import { Link } from 'react-router-dom';
import Card from '@material-ui/core/Card';
import CardActionArea from '@material-ui/core/CardActionArea';
import CardContent from '@material-ui/core/CardContent';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useElementId, usePaths } from '../frame';
import { useText } from '../translation';

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

const PresetCard = ({ preset }: { preset: Preset }) => {
  const t = useText();
  const classes = useStyles();
  const paths = usePaths();
  const id = useElementId();
  return (
    <Card variant="outlined" className={classes.card}>
      <CardActionArea
        component={Link}
        role={undefined} // a link, though Material UI 4 calls all of them buttons
        to={paths.provider(preset.id)}
        className={classes.action}
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-grants ${id}-caveat`}
      >
        <CardContent>
          <Typography id={`${id}-title`} variant="h6" component="h3">
            {preset.title}
          </Typography>
          <Typography
            id={`${id}-grants`}
            variant="body2"
            color="textSecondary"
            gutterBottom
          >
            {preset.grants.map(grant => t(`grant.${grant}`)).join(' · ')}
          </Typography>
          <Typography id={`${id}-caveat`} variant="body2">
            {preset.caveat}
          </Typography>
        </CardContent>
      </CardActionArea>
    </Card>
  );
};

/** A card for each preset: its name, its grants, and the one thing to know before. */
export const PresetCards = ({ presets }: { presets: Preset[] }) => {
  const t = useText();
  const classes = useStyles();
  return (
    <ul className={classes.grid} aria-label={t('gallery.list')}>
      {presets.map(preset => (
        <li key={preset.id}>
          <PresetCard preset={preset} />
        </li>
      ))}
    </ul>
  );
};
