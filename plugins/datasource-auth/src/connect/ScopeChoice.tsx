import { useFormContext, useWatch } from 'react-hook-form';
import {
  Preset,
  presetScopes,
  templateExpressions,
} from 'backstage-plugin-datasource-auth-common';
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
  const offered = presetScopes(preset, presetWayOf(getValues()));
  const scopes = text.split(/\s+/).filter(Boolean);
  const ticked = scopes.filter(scope => !isTemplate(scope));
  if (!offered.length && !ticked.length) return null;
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
