import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useElementId } from '../frame';
import { useText } from '../translation';
import { Access, ACCESSES } from './access';

const useStyles = makeStyles(theme => ({
  chips: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
  label: { [theme.breakpoints.down('xs')]: { display: 'none' } },
  chip: { margin: 0 },
}));

/** Props of {@link AccessFilter}. */
export interface AccessFilterProps {
  value: Access | undefined;
  onChange: (value: Access | undefined) => void;
}

/** Filters the providers by how they give access. A second press removes the filter. */
export const AccessFilter = ({ value, onChange }: AccessFilterProps) => {
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  return (
    <div role="group" aria-labelledby={id} className={classes.chips}>
      <Typography
        id={id}
        variant="body2"
        color="textSecondary"
        className={classes.label}
      >
        {t('gallery.filterAccess')}
      </Typography>
      {ACCESSES.map(access => (
        <Chip
          key={access}
          component="button"
          type="button"
          clickable
          aria-pressed={access === value}
          className={classes.chip}
          label={t(`gallery.access.${access}`)}
          color={access === value ? 'primary' : 'default'}
          variant={access === value ? 'default' : 'outlined'}
          onClick={() => onChange(access === value ? undefined : access)}
        />
      ))}
    </div>
  );
};
