import { useFormContext, useWatch } from 'react-hook-form';
import {
  isApprovedByPerson,
  Preset,
} from 'backstage-plugin-datasource-auth-common';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import DoneIcon from '@material-ui/icons/Done';
import { fieldElementId } from '../fields/useSetting';
import { useElementId } from '../frame';
import { FIELDS } from '../kinds';
import { EditorValues, grantOrKindOfForm } from '../settings/settingsForm';
import { useText } from '../translation';

/** Asks for a refresh token, which only a person's approval can issue. */
const OFFLINE = 'offline_access';

const useStyles = makeStyles(theme => ({
  scopes: {
    listStyle: 'none',
    margin: theme.spacing(0.5, 0, 2),
    padding: 0,
  },
  scope: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: theme.spacing(1),
    marginBottom: theme.spacing(0.75),
  },
  chip: { maxWidth: '100%', margin: 0, fontFamily: 'monospace' },
  meaning: { flex: '1 1 160px' },
}));

/** The scopes that a preset suggests as chips to tick, with what they mean. */
export const ScopeChoice = ({ preset }: { preset: Preset }) => {
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  const { setValue, getValues } = useFormContext<EditorValues>();
  const text = useWatch({ name: FIELDS.scopes.path }) as string;
  const byPerson = isApprovedByPerson(grantOrKindOfForm(getValues()));
  const offered = preset.registration.scopes.filter(
    ({ scope }) => byPerson || scope !== OFFLINE,
  );
  if (!offered.length) return null;
  const ticked = text.split(/\s+/).filter(Boolean);
  const toggle = (scope: string) =>
    setValue(
      FIELDS.scopes.path,
      (ticked.includes(scope)
        ? ticked.filter(each => each !== scope)
        : [...ticked, scope]
      ).join(' '),
      { shouldDirty: true },
    );
  return (
    <>
      <Typography id={id} variant="subtitle2" component="h4">
        {t('connect.scopes')}
      </Typography>
      <ul className={classes.scopes} aria-labelledby={id}>
        {offered.map(({ scope, description }, index) => {
          const isTicked = ticked.includes(scope);
          return (
            <li key={scope} className={classes.scope}>
              <Chip
                id={index === 0 ? fieldElementId('scopes') : undefined}
                size="small"
                variant={isTicked ? 'default' : 'outlined'}
                color={isTicked ? 'primary' : 'default'}
                icon={isTicked ? <DoneIcon /> : undefined}
                label={scope}
                className={classes.chip}
                role="checkbox"
                aria-checked={isTicked}
                aria-describedby={`${id}-${index}`}
                clickable
                onClick={() => toggle(scope)}
              />
              <Typography
                id={`${id}-${index}`}
                variant="body2"
                color="textSecondary"
                className={classes.meaning}
              >
                {description}
              </Typography>
            </li>
          );
        })}
      </ul>
    </>
  );
};
