import { LabelledCheckbox } from '../frame';
import { FieldId } from '../kinds';
import { useSetting } from './useSetting';

/** An on/off setting. */
export const FlagSetting = ({ id }: { id: FieldId }) => {
  const setting = useSetting<boolean>(id);
  return (
    <div>
      <LabelledCheckbox
        id={setting.elementId}
        label={setting.label}
        checked={setting.value}
        onBlur={setting.onBlur}
        onChange={setting.onChange}
      />
    </div>
  );
};
