import { useController } from 'react-hook-form';
import TextField from '@material-ui/core/TextField';
import { LABEL_ABOVE } from '../fields/labelAbove';
import { fieldElementId } from '../fields/useSetting';
import { FIELDS } from '../kinds';
import { ConsumersDraft } from '../settings/fieldCodec';
import { useText } from '../translation';

/** Selects the plugins that may get tokens. */
export const PluginsChoice = () => {
  const t = useText();
  const { field, fieldState } = useController({ name: FIELDS.consumers.path });
  const draft = field.value as ConsumersDraft;
  return (
    <TextField
      id={fieldElementId('consumers')}
      label={t('connect.plugins')}
      fullWidth
      margin="normal"
      variant="outlined"
      size="small"
      InputLabelProps={LABEL_ABOVE}
      value={draft.plugins}
      error={Boolean(fieldState.error)}
      helperText={fieldState.error?.message ?? t('connect.pluginsHelp')}
      onBlur={field.onBlur}
      onChange={event =>
        field.onChange({ mode: 'listed', plugins: event.target.value })
      }
    />
  );
};
