import { useController } from 'react-hook-form';
import { fieldElementId } from '../fields/useSetting';
import { PluginPicker } from '../fields/PluginPicker';
import { FIELDS } from '../kinds';
import { ConsumersDraft } from '../settings/fieldCodec';
import { useText } from '../translation';
import { pluginsOf } from './pluginsOf';

/** Selects the plugins that may get tokens. */
export const PluginsChoice = () => {
  const t = useText();
  const { field, fieldState } = useController({ name: FIELDS.consumers.path });
  return (
    <PluginPicker
      id={fieldElementId('consumers')}
      label={t('connect.plugins')}
      value={pluginsOf(field.value as ConsumersDraft)}
      error={Boolean(fieldState.error)}
      helperText={fieldState.error?.message}
      onBlur={field.onBlur}
      onChange={plugins =>
        field.onChange({ mode: 'listed', plugins: plugins.join(' ') })
      }
    />
  );
};
