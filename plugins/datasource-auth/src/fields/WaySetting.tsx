import { useFormContext, useWatch } from 'react-hook-form';
import { Way, WAY_NAMES } from '../kinds';
import { WAY, withWay } from '../settings/settingsForm';
import { useText } from '../translation';
import { SegmentedSetting } from './SegmentedSetting';
import { useSetting } from './useSetting';

/** Selects how the API authenticates. Input for other ways is kept. */
export const WaySetting = () => {
  const t = useText();
  const { label, elementId } = useSetting<string>('authType');
  const chosen: Way = useWatch({ name: WAY });
  const { getValues, setValue } = useFormContext();
  const choose = (way: Way) => {
    for (const [path, value] of Object.entries(withWay(getValues(), way)))
      setValue(path, value, { shouldDirty: true });
  };
  return (
    <SegmentedSetting
      {...{ label, elementId, chosen }}
      options={WAY_NAMES}
      nameOf={way => t(`way.${way}`)}
      onChoose={choose}
      sentence={t(`editor.waySentence.${chosen}`)}
    />
  );
};
