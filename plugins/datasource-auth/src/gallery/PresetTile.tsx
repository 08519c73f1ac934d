import { memo } from 'react';
import { Link } from '@backstage/core-components';
import { Preset } from 'backstage-plugin-datasource-auth-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ProviderMark, useElementId, usePaths } from '../frame';

const useStyles = makeStyles(theme => ({
  tile: {
    position: 'relative',
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    height: '100%',
    padding: theme.spacing(1.5),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: 8,
    backgroundColor: theme.palette.background.paper,
    transition: theme.transitions.create(['border-color', 'box-shadow'], {
      duration: theme.transitions.duration.shortest,
    }),
    '&:hover': {
      borderColor: theme.palette.primary.main,
      boxShadow: theme.shadows[2],
    },
    '&:focus-within': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: 1,
    },
  },
  text: { minWidth: 0 },
  name: { fontWeight: 600, lineHeight: 1.3 },
  // The whole tile is clickable, but its accessible name is the title only.
  link: {
    '&::after': { content: '""', position: 'absolute', inset: 0 },
    '&:focus': { outline: 'none' },
  },
}));

/** Props of {@link PresetTile}. */
export interface PresetTileProps {
  preset: Preset;
  /** Whether Tab stops here. */
  tabbable: boolean;
  onFocus: (id: string) => void;
}

/** A provider in the gallery: its mark, its name, and what plugins get from it. */
export const PresetTile = memo((props: PresetTileProps) => {
  const { preset, tabbable, onFocus } = props;
  const classes = useStyles();
  const paths = usePaths();
  const id = useElementId();
  return (
    <div className={classes.tile}>
      <ProviderMark title={preset.title} name={preset.id} size={40} />
      <div className={classes.text}>
        <Typography variant="body1" component="div" className={classes.name}>
          <Link
            to={paths.provider(preset.id)}
            color="inherit"
            underline="none"
            className={classes.link}
            tabIndex={tabbable ? 0 : -1}
            aria-describedby={id}
            onFocus={() => onFocus(preset.id)}
          >
            {preset.title}
          </Link>
        </Typography>
        <Typography id={id} variant="body2" color="textSecondary">
          {preset.benefit}
        </Typography>
      </div>
    </div>
  );
});
