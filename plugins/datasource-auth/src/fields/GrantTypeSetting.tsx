import { useFormContext } from 'react-hook-form';
import {
  GRANT_TYPES,
  GRANTS,
  GrantType,
} from 'backstage-plugin-datasource-auth-common';
import { GRANTS_ON_PAGE } from '../kinds';
import { Notice } from '../frame';
import { useText } from '../translation';
import { withGrantType } from '../settings/settingsForm';
import { useEditorFacts } from './EditorContext';
import { SegmentedSetting } from './SegmentedSetting';
import { useSetting } from './useSetting';

/** Selects the grant. Input for other grants is kept. */
export const GrantTypeSetting = () => {
  const t = useText();
  const { passwordGrantEnabled } = useEditorFacts();
  const setting = useSetting<GrantType>('grantType');
  const chosen = setting.value;
  const { warning } = GRANTS_ON_PAGE[chosen];
  const { getValues, setValue } = useFormContext();
  const choose = (grant: GrantType) => {
    for (const [path, value] of Object.entries(
      withGrantType(getValues(), grant),
    ))
      setValue(path, value, { shouldDirty: true });
  };
  const offered = GRANT_TYPES.filter(
    grant =>
      !GRANTS[grant].canBeDisabled || passwordGrantEnabled || chosen === grant,
  );
  return (
    <>
      <SegmentedSetting
        label={setting.label}
        elementId={setting.elementId}
        options={offered}
        chosen={chosen}
        nameOf={grant => t(`grant.${grant}`)}
        onChoose={choose}
        sentence={t(`editor.grantSentence.${chosen}`)}
      />
      {warning && <Notice severity="warning">{t(warning)}</Notice>}
    </>
  );
};
