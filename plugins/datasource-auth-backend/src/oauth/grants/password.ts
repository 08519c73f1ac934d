import { diagnosisTexts } from 'backstage-plugin-datasource-auth-common';
import { SettingsError } from '../../settings/SettingsError';
import { resolveText } from '../../settings/templates';
import { Grant } from './Grant';

/** RFC 6749 section 4.3.2. */
export const password: Grant = {
  grantType: 'password',
  parameters: async ({ auth }, values) => {
    if (!auth.username || !auth.password)
      throw new SettingsError('passwordMissing');
    return {
      username: resolveText(auth.username, values),
      password: auth.password,
    };
  },
  isRefusable: true,
  invalidGrant: diagnosisTexts('passwordRejected'),
  personNeeded: () => diagnosisTexts('secondFactorRequired'),
};
