import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { ConsumersDraft } from '../settings/fieldCodec';
import { useText } from '../translation';
import { PluginPicker } from './PluginPicker';
import { useSetting } from './useSetting';

/** Selects the plugins that may get tokens. */
export const ConsumersSetting = () => {
  const t = useText();
  const setting = useSetting<ConsumersDraft>('consumers');
  const { value: draft, onChange, elementId } = setting;
  return (
    <FormControl
      component="fieldset"
      fullWidth
      margin="normal"
      error={Boolean(setting.fault)}
    >
      <FormLabel component="legend">{setting.label}</FormLabel>
      <FormHelperText>{setting.help}</FormHelperText>
      <RadioGroup
        row
        aria-label={setting.label}
        value={draft.mode}
        onChange={event =>
          onChange({
            ...draft,
            mode: event.target.value as ConsumersDraft['mode'],
          })
        }
      >
        <FormControlLabel
          value="listed"
          label={t('editor.consumers.listed')}
          control={<Radio color="primary" />}
        />
        <FormControlLabel
          value="any"
          label={t('editor.consumers.any')}
          control={<Radio color="primary" />}
        />
      </RadioGroup>
      {draft.mode === 'listed' && (
        <PluginPicker
          id={elementId}
          label={t('editor.consumers.plugins')}
          value={draft.plugins.split(/[\s,]+/).filter(Boolean)}
          error={Boolean(setting.fault)}
          helperText={setting.fault}
          onBlur={setting.onBlur}
          onChange={plugins =>
            onChange({ ...draft, plugins: plugins.join(' ') })
          }
        />
      )}
    </FormControl>
  );
};
