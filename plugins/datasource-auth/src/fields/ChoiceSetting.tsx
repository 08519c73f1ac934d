import TextField from '@material-ui/core/TextField';
import { FieldId } from '../kinds';
import { optionName } from '../settings/optionName';
import { useText } from '../translation';
import { LABEL_ABOVE } from './labelAbove';
import { useSetting } from './useSetting';

/** A setting with a few options. */
export const ChoiceSetting = ({ id }: { id: FieldId }) => {
  const t = useText();
  const setting = useSetting<string>(id);
  return (
    <TextField
      select
      id={setting.elementId}
      label={setting.label}
      fullWidth
      margin="normal"
      variant="outlined"
      size="small"
      SelectProps={{ native: true }}
      InputLabelProps={LABEL_ABOVE}
      value={setting.value}
      error={Boolean(setting.fault)}
      helperText={setting.fault ?? setting.help}
      onBlur={setting.onBlur}
      onChange={event => setting.onChange(event.target.value)}
    >
      {(setting.spec.options ?? []).map(option => (
        <option key={option} value={option}>
          {optionName(t, option, id)}
        </option>
      ))}
    </TextField>
  );
};
