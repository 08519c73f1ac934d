import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { REQUIRED_SETTINGS } from 'backstage-plugin-datasource-auth-common';

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
      noneFailed: 'No credential yet. {{problem}}.',
      noneFailedOften:
        'No credential yet. {{problem}} ({{attempts}} attempts).',
      validRenewable: 'Valid until {{time}}, renews automatically',
      validFinal: 'Valid until {{time}}, then a person is needed',
      noExpiry: 'No stated expiry',
      renewsOnUse: 'Will be renewed on next use.',
      expired: 'Expired {{time}} and no refresh token was issued.',
      refused:
        'The provider no longer accepts the stored credential. Get a new one.',
      refusedNoResponse:
        'An earlier renewal got no response, and the provider no longer accepts the stored credential. Get a new one.',
      doubtful:
        'The stored credential may no longer be accepted: connect again.',
      settingsChanged:
        'Settings changed since it was obtained. Get a new credential.',
      quarantined:
        'This database was started under another callback URL. Its credentials rest until datasourceAuth.adoptCredentials names the new one.',
    },
    setting: REQUIRED_SETTINGS,
    instanceValue: 'Instance value {{name}}',
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
