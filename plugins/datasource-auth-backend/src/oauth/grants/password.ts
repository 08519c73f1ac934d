import { SettingsError } from '../../settings/SettingsError';
import { resolveText } from '../../settings/templates';
import { Grant } from './Grant';

/** RFC 6749 section 4.3.2. */
export const password: Grant = {
  grantType: 'password',
  parameters: async ({ auth }, values) => {
    if (!auth.username || !auth.password)
      throw new SettingsError('The user name or password is missing');
    return {
      username: resolveText(auth.username, values),
      password: auth.password,
    };
  },
  isRefusable: true,
  invalidGrant: {
    title: 'User name or password not accepted',
    cause:
      'The user name or password is wrong. Multi-factor sign-in and a locked account look the same.',
    remedy:
      'Check both and test once only: repeated tries may lock the account.',
  },
  personNeeded: () => ({
    title: 'The provider needs you to sign in',
    cause:
      'The provider asks for consent or a second factor. The password grant has no page for that.',
    remedy:
      'Use the authorization code grant, or an account that needs neither.',
  }),
};
