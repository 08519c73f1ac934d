import { Preset, PresetWay } from 'backstage-plugin-datasource-auth-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useElementId } from '../frame';
import { useText } from '../translation';
import { wayName } from './wayName';

const useStyles = makeStyles(theme => ({
  ways: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  way: { textTransform: 'none' },
  // On its background, the primary color is hard to read in the dark.
  chosen: {
    backgroundColor: theme.palette.action.selected,
    borderColor: theme.palette.primary.main,
    fontWeight: 600,
  },
}));

/** Props of {@link WayChoice}. */
export interface WayChoiceProps {
  preset: Preset;
  ways: PresetWay[];
  chosen: PresetWay;
  onChoose: (way: PresetWay) => void;
}

/** Selects who or what plugins act as. */
export const WayChoice = (props: WayChoiceProps) => {
  const { preset, ways, chosen, onChoose } = props;
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  return (
    <>
      <Typography id={id} variant="body2" gutterBottom>
        {t('connect.way')}
      </Typography>
      <div role="group" aria-labelledby={id} className={classes.ways}>
        {ways.map(way => (
          <Button
            key={way}
            size="small"
            variant="outlined"
            className={`${classes.way} ${way === chosen ? classes.chosen : ''}`}
            aria-pressed={way === chosen}
            onClick={() => onChoose(way)}
          >
            {wayName(t, preset, way)}
          </Button>
        ))}
      </div>
    </>
  );
};
