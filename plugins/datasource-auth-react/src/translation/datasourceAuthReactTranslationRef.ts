import {
  MESSAGES,
  REQUIRED_SETTINGS,
} from 'backstage-plugin-datasource-auth-common';
import { connectionMessages } from './connectionMessages';
import { createTextRef } from './textRef';

/**
 * The texts of the shared components. Adopters provide translations under this ID.
 *
 * @public
 */
export const datasourceAuthReactTranslationRef = createTextRef({
  id: 'plugin.datasource-auth-react',
  messages: {
    state: {
      AUTHORIZED: 'AUTHORIZED',
      NOT_AUTHORIZED: 'NOT AUTHORIZED',
      NOT_CONFIGURED: 'NOT CONFIGURED',
      ERROR: 'ERROR',
      PER_USER: 'Each person connects',
    },
    calmState: {
      AUTHORIZED: 'Authorized',
      NOT_AUTHORIZED: 'Not authorized',
      NOT_CONFIGURED: 'Not configured',
      ERROR: 'Error',
      PER_USER: 'Each person connects',
    },
    notSaved: 'Not saved',
    message: MESSAGES,
    setting: REQUIRED_SETTINGS,
    instanceValue: 'Instance value {{name}}',
    evidence: {
      label: 'Evidence',
      stored: 'Stored',
      verified: 'Verified {{time}}',
      used: 'Used {{time}}',
      none: '–',
    },
    connection: connectionMessages,
    picker: {
      label: 'Datasource',
      empty: 'No datasources yet',
      loading: 'Loading datasources…',
      failed: "Couldn't load the datasources: {{message}}",
    },
  },
});
