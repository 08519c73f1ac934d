import { GrantOrKind } from 'backstage-plugin-datasource-auth-common';
import { createTextRef } from 'backstage-plugin-datasource-auth-react';
import { accessMessages } from './accessMessages';
import { activityMessages } from './activityMessages';
import { authorizedMessages } from './authorizedMessages';
import { configurationMessages } from './configurationMessages';
import { connectMessages } from './connectMessages';
import { connectionsMessages } from './connectionsMessages';
import { delegationMessages } from './delegationMessages';
import { peopleMessages } from './peopleMessages';
import { detailMessages } from './detailMessages';
import { editorMessages } from './editorMessages';
import { entityMessages } from './entityMessages';
import { Way } from '../kinds';
import {
  fieldMessages,
  helpMessages,
  kindHelpMessages,
  omitMessages,
} from './fieldMessages';
import { galleryMessages } from './galleryMessages';
import { healthMessages } from './healthMessages';
import { impactMessages } from './impactMessages';
import { issuerMessages } from './issuerMessages';
import { listMessages } from './listMessages';
import { openapiMessages } from './openapiMessages';
import { panelMessages } from './panelMessages';
import { pickerMessages } from './pickerMessages';
import { rehearsalMessages } from './rehearsalMessages';
import { requestMessages } from './requestMessages';
import { usageMessages } from './usageMessages';

/**
 * The texts of the page. Adopters provide translations under this ID.
 *
 * @public
 */
export const datasourceAuthTranslationRef = createTextRef({
  id: 'plugin.datasource-auth',
  messages: {
    title: 'Datasources',
    copy: 'Copy {{what}}',
    copied: '{{what}} copied',
    close: 'Close',
    back: 'Back',
    flag: { on: 'On', off: 'Off', none: 'None' },
    notFound: 'Page not found.',
    toList: 'View all datasources',
    session: {
      ended: 'Your session has ended. Sign in to Backstage again.',
      signIn: 'Sign in again',
    },
    grant: {
      authorization_code: 'Authorization code',
      client_credentials: 'Client credentials',
      jwt_bearer: 'JWT bearer',
      password: 'Password',
      oauth2: 'OAuth 2.0',
      static: 'API key or password',
      jwt: 'Signed JWT',
      none: 'No authentication',
    } satisfies Record<GrantOrKind | 'oauth2', string>,
    way: {
      oauth2: 'OAuth 2.0',
      apiKey: 'API key',
      basic: 'Basic',
      bearer: 'Bearer token',
      jwt: 'Signed JWT',
      none: 'None',
    } satisfies Record<Way, string>,
    list: listMessages,
    connect: connectMessages,
    connections: connectionsMessages,
    delegation: delegationMessages,
    people: peopleMessages,
    detail: detailMessages,
    editor: editorMessages,
    entity: entityMessages,
    field: fieldMessages,
    help: helpMessages,
    kindHelp: kindHelpMessages,
    omit: omitMessages,
    gallery: galleryMessages,
    issuer: issuerMessages,
    panel: panelMessages,
    picker: pickerMessages,
    rehearsal: rehearsalMessages,
    request: requestMessages,
    impact: impactMessages,
    authorized: authorizedMessages,
    activity: activityMessages,
    usage: usageMessages,
    access: accessMessages,
    configuration: configurationMessages,
    health: healthMessages,
    openapi: openapiMessages,
  },
});
