import { UserOrGroupField } from '../frame/UserOrGroupField';
import { LABEL_ABOVE } from './labelAbove';
import { useSetting } from './useSetting';

/** The owner of the datasource, picked from the catalog if there is one. */
export const OwnerSetting = () => {
  const setting = useSetting<string>('owner');
  return (
    <UserOrGroupField
      id={setting.elementId}
      label={setting.label}
      value={setting.value}
      error={Boolean(setting.fault)}
      helperText={setting.fault ?? setting.help}
      InputLabelProps={LABEL_ABOVE}
      onBlur={setting.onBlur}
      onChange={setting.onChange}
    />
  );
};
