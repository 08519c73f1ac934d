import { useWatch } from 'react-hook-form';
import {
  ClientAuthenticationMethod,
  GrantType,
  mayOmitClientId,
} from 'backstage-plugin-datasource-auth-common';
import { LabelledCheckbox } from '../frame';
import { FieldId, FIELDS, hasRows } from '../kinds';
import { useText } from '../translation';
import { RowsSetting } from './RowsSetting';
import { TextSetting } from './TextSetting';
import { useSetting } from './useSetting';

/** Props of {@link OmittableSetting}. */
export interface OmittableSettingProps {
  id: FieldId;
  required?: boolean;
}

/** A setting that can be set to empty, which differs from leaving it unset. */
export const OmittableSetting = ({ id, required }: OmittableSettingProps) => {
  const t = useText();
  const setting = useSetting<unknown>(id);
  const [grantType, clientAuthentication] = useWatch({
    name: [FIELDS.grantType.path, FIELDS.clientAuthentication.path],
  }) as [GrantType, ClientAuthenticationMethod];
  const mayOmit =
    id !== 'clientId' || mayOmitClientId({ grantType, clientAuthentication });
  const omitted = mayOmit && setting.value === null;
  const rows = hasRows(setting.spec);
  return (
    <>
      {rows && !omitted && <RowsSetting id={id} />}
      {!rows && (
        <TextSetting
          id={id}
          required={required && !omitted}
          disabled={omitted}
        />
      )}
      {mayOmit && (
        <div>
          <LabelledCheckbox
            label={t(`omit.${id as 'clientId'}`)}
            checked={omitted}
            onBlur={setting.onBlur}
            onChange={checked => {
              const nothing = rows ? [] : '';
              setting.onChange(checked ? null : nothing);
            }}
          />
        </div>
      )}
    </>
  );
};
