import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { FieldId } from '../settings/fields';
import { useSetting } from './useSetting';

/** A setting that is on or off. */
export const FlagSetting = ({ id }: { id: FieldId }) => {
  const setting = useSetting<boolean>(id);
  return (
    <div>
      <FormControlLabel
        label={setting.label}
        control={
          <Checkbox
            color="primary"
            id={setting.elementId}
            checked={setting.value}
            onBlur={setting.onBlur}
            onChange={event => setting.onChange(event.target.checked)}
          />
        }
      />
    </div>
  );
};
