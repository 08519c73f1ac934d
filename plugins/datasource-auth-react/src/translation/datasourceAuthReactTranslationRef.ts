import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { REQUIRED_SETTINGS } from 'backstage-plugin-datasource-auth-common';

/**
 * The texts of the shared components. Adopters provide translations under this ID.
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
      validRenewable: 'Valid until {{time}}, refreshes automatically',
      validFinal: 'Valid until {{time}}, then a person is needed',
      noExpiry: 'No stated expiry',
      renewsOnUse: 'Refreshes on next use.',
      expired: 'Expired {{time}}. The provider issued no refresh token.',
      refused:
        'The provider no longer accepts the stored credential. Get a new one.',
      refusedNoResponse:
        'A refresh got no response, and the provider no longer accepts the stored credential. Get a new one.',
      doubtful:
        'The provider may no longer accept the stored credential. Get a new one.',
      settingsChanged: 'The settings have changed. Get a new credential.',
      quarantined:
        'This database was last used with another callback URL. To use its credentials, set datasourceAuth.adoptCredentials to the new one.',
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
      failed: "Couldn't load the datasources: {{message}}",
    },
  },
});
