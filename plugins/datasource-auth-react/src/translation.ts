import { createTranslationRef } from '@backstage/frontend-plugin-api';

/**
 * The texts of the shared components. Adopters translate them under this id.
 *
 * @public
 */
export const datasourceAuthReactTranslationRef = createTranslationRef({
  id: 'plugin.datasource-auth-react',
  messages: {
    state: {
      AUTHORIZED: 'AUTHORIZED',
      NOT_AUTHORIZED: 'NOT AUTHORIZED',
      NOT_CONFIGURED: 'NOT CONFIGURED',
      ERROR: 'ERROR',
    },
    notSaved: 'Not saved',
    reason: {
      missing: 'Missing: {{labels}}',
      none: 'No credential yet.',
      validRenewable: 'Valid until {{time}}, renews automatically',
      validFinal: 'Valid until {{time}}, then a person is needed',
      noExpiry: 'No stated expiry',
      renewsOnUse: 'Will be renewed on next use.',
      expired: 'Expired {{time}} and no refresh token was issued.',
      refused:
        'The provider no longer accepts the stored credential. Get a new one.',
      settingsChanged:
        'Settings changed since it was obtained. Get a new credential.',
    },
    evidence: {
      label: 'Evidence',
      stored: 'Stored',
      verified: 'Verified {{time}}',
      used: 'Used {{time}}',
      none: '–',
    },
    picker: {
      label: 'Datasource',
      empty: 'No datasources yet',
      loading: 'Loading datasources…',
      failed: 'The datasources could not be loaded: {{message}}',
    },
  },
});
