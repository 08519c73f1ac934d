import { get } from 'react-hook-form';
import { Setting } from '../editor/Setting';
import { FIELDS, WAYS } from '../kinds';
import { EditorValues, WAY } from '../settings/settingsForm';

/** Props of {@link ApiSettings}. */
export interface ApiSettingsProps {
  values: EditorValues;
  /** Whether the user also chooses how the API authenticates. */
  isBlank: boolean;
  /** Whether the provider's URLs are unknown, which its issuer may tell. */
  asksUrls: boolean;
}

/** What an unknown API needs besides the credential: where it is, and how it authenticates. */
export const ApiSettings = (props: ApiSettingsProps) => {
  const { values, isBlank, asksUrls } = props;
  const isOAuth = WAYS[get(values, WAY) as keyof typeof WAYS] === 'oauth2';
  return (
    <>
      {isBlank && <Setting id="authType" />}
      {isBlank && isOAuth && <Setting id="grantType" />}
      <Setting id={FIELDS.baseUrl.id} />
      <Setting id={FIELDS.testPath.id} />
      {asksUrls && isOAuth && <Setting id="issuer" />}
    </>
  );
};
