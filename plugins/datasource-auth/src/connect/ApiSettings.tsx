import { get } from 'react-hook-form';
import { Setting } from '../editor/Setting';
import { FIELDS, WAYS } from '../kinds';
import { EditorValues, WAY } from '../settings/settingsForm';

/** Props of {@link ApiSettings}. */
export interface ApiSettingsProps {
  values: EditorValues;
  /** Nothing is known about the API, so the user also chooses how it authenticates. */
  isBlank: boolean;
}

/** What an API without a preset needs besides the credential: where it is, and how it authenticates. */
export const ApiSettings = ({ values, isBlank }: ApiSettingsProps) => {
  const isOAuth = WAYS[get(values, WAY) as keyof typeof WAYS] === 'oauth2';
  return (
    <>
      {isBlank && <Setting id="authType" />}
      {isBlank && isOAuth && <Setting id="grantType" />}
      <Setting id={FIELDS.baseUrl.id} />
      {isBlank && isOAuth && <Setting id="issuer" />}
    </>
  );
};
