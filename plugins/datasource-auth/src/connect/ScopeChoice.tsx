import { useFormContext, useWatch } from 'react-hook-form';
<<<<<<< HEAD
import { Preset, presetScopes } from 'backstage-plugin-datasource-auth-common';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
=======
import {
  isApprovedByPerson,
  Preset,
  templateExpressions,
} from 'backstage-plugin-datasource-auth-common';
>>>>>>> w-connect
import Typography from '@material-ui/core/Typography';
import { ScopePicker } from '../fields/ScopePicker';
import { fieldElementId } from '../fields/useSetting';
import { FIELDS } from '../kinds';
import { EditorValues } from '../settings/settingsForm';
import { useText } from '../translation';
import { presetWayOf } from './asked';

/** Returns whether a scope is filled in from an instance value. */
const isTemplate = (scope: string) => templateExpressions(scope).length > 0;

/** The scopes that a preset suggests as chips to tick, with what they mean. */
export const ScopeChoice = ({ preset }: { preset: Preset }) => {
  const t = useText();
  const { setValue, getValues } = useFormContext<EditorValues>();
  const text = useWatch({ name: FIELDS.scopes.path }) as string;
<<<<<<< HEAD
  const offered = presetScopes(preset, presetWayOf(getValues()));
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
=======
  const byPerson = isApprovedByPerson(grantOrKindOfForm(getValues()));
  const offered = preset.registration.scopes.filter(
    ({ scope }) => byPerson || scope !== OFFLINE,
  );
  const scopes = text.split(/\s+/).filter(Boolean);
  const ticked = scopes.filter(scope => !isTemplate(scope));
  if (!offered.length && !ticked.length) return null;
>>>>>>> w-connect
  return (
    <div id={fieldElementId('scopes')} tabIndex={-1}>
      <Typography variant="subtitle2" component="h4">
        {t('connect.scopes')}
      </Typography>
      <ScopePicker
        label={t('connect.scopes')}
        offered={offered}
        value={ticked}
        onChange={next =>
          setValue(
            FIELDS.scopes.path,
            [...scopes.filter(isTemplate), ...next].join(' '),
            { shouldDirty: true },
          )
        }
      />
    </div>
  );
};
