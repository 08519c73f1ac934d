import { memo } from 'react';
import { IssuerSetting } from '../issuer/IssuerSetting';
import { AssertionKeySetting } from '../fields/AssertionKeySetting';
import { BaseUrlSetting } from '../fields/BaseUrlSetting';
import { FieldId, FIELDS } from '../kinds';
import { ChoiceSetting } from '../fields/ChoiceSetting';
import { ConsumersSetting } from '../fields/ConsumersSetting';
import { FlagSetting } from '../fields/FlagSetting';
import { GrantTypeSetting } from '../fields/GrantTypeSetting';
import { OmittableSetting } from '../fields/OmittableSetting';
import { OwnerSetting } from '../fields/OwnerSetting';
import { RowsSetting } from '../fields/RowsSetting';
import { ScopesSetting } from '../fields/ScopesSetting';
import { SecretSetting } from '../fields/SecretSetting';
import { TextSetting } from '../fields/TextSetting';
import { WaySetting } from '../fields/WaySetting';

const AnySetting = ({ id, required }: { id: FieldId; required?: boolean }) => {
  if (id === 'authType') return <WaySetting />;
  if (id === 'grantType') return <GrantTypeSetting />;
  if (id === 'issuer') return <IssuerSetting />;
  if (id === 'baseUrl') return <BaseUrlSetting />;
  if (id === 'owner') return <OwnerSetting />;
  if (id === 'assertionKey') return <AssertionKeySetting required={required} />;
  if (FIELDS[id].omittable)
    return <OmittableSetting id={id} required={required} />;
  switch (FIELDS[id].kind) {
    case 'choice':
      return <ChoiceSetting id={id} />;
    case 'flag':
      return <FlagSetting id={id} />;
    case 'secret':
      return <SecretSetting id={id} required={required} />;
    case 'claims':
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

/**
 * Renders any setting of the field table with the control for its type. A form has dozens of them, and is rendered with
 * each change, so most of them are not.
 */
export const Setting = memo(AnySetting);
