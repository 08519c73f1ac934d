import FormHelperText from '@material-ui/core/FormHelperText';
import { LabelledCheckbox } from '../frame';
import { FieldId } from '../kinds';
import { useSetting } from './useSetting';

/** An on/off setting. */
export const FlagSetting = ({ id }: { id: FieldId }) => {
  const setting = useSetting<boolean>(id);
  const helpId = `${setting.elementId}-help`;
  return (
    <div>
      <LabelledCheckbox
        id={setting.elementId}
        label={setting.label}
        checked={setting.value}
        onBlur={setting.onBlur}
        onChange={setting.onChange}
        inputProps={setting.help ? { 'aria-describedby': helpId } : undefined}
      />
      {setting.help && (
        <FormHelperText id={helpId}>{setting.help}</FormHelperText>
      )}
    </div>
  );
};
