import { IssuerSetting } from '../issuer/IssuerSetting';
import { BaseUrlSetting } from '../openapi/BaseUrlSetting';
import { FieldId, fieldSpec } from '../settings/fields';
import { ChoiceSetting } from './ChoiceSetting';
import { ConsumersSetting } from './ConsumersSetting';
import { FlagSetting } from './FlagSetting';
import { GrantTypeSetting } from './GrantTypeSetting';
import { OmittableSetting } from './OmittableSetting';
import { OwnerSetting } from './OwnerSetting';
import { RowsSetting } from './RowsSetting';
import { ScopesSetting } from './ScopesSetting';
import { SecretSetting } from './SecretSetting';
import { TextSetting } from './TextSetting';

/** Any setting of the field table, in the shape that its kind asks for. */
export const Setting = ({
  id,
  required,
}: {
  id: FieldId;
  required?: boolean;
}) => {
  if (id === 'grantType') return <GrantTypeSetting />;
  if (id === 'issuer') return <IssuerSetting />;
  if (id === 'baseUrl') return <BaseUrlSetting />;
  if (id === 'owner') return <OwnerSetting />;
  if (fieldSpec(id).omittable)
    return <OmittableSetting id={id} required={required} />;
  switch (fieldSpec(id).kind) {
    case 'choice':
      return <ChoiceSetting id={id} />;
    case 'flag':
      return <FlagSetting id={id} />;
    case 'secret':
      return <SecretSetting id={id} required={required} />;
    case 'values':
    case 'renames':
      return <RowsSetting id={id} />;
    case 'scopes':
      return <ScopesSetting />;
    case 'consumers':
      return <ConsumersSetting />;
    default:
      return <TextSetting id={id} required={required} />;
  }
};
