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
import { fieldMessages } from './fieldMessages';
import { galleryMessages } from './galleryMessages';
import { healthMessages } from './healthMessages';
import { helpMessages, kindHelpMessages, omitMessages } from './helpMessages';
import { impactMessages } from './impactMessages';
import { issuerMessages } from './issuerMessages';
import { listMessages } from './listMessages';
import { openapiMessages } from './openapiMessages';
import { panelMessages } from './panelMessages';
import { pickerMessages } from './pickerMessages';
import { rehearsalMessages } from './rehearsalMessages';
import { requestMessages } from './requestMessages';
import { usageMessages } from './usageMessages';

/** The texts of the page in German. */
export const messages = {
  title: 'Datenquellen',
  copy: '{{what}} kopieren',
  copied: '{{what}} kopiert',
  close: 'Schließen',
  back: 'Zurück',
  flag: { on: 'Ein', off: 'Aus', none: 'Keine' },
  notFound: 'Seite nicht gefunden.',
  toList: 'Alle Datenquellen anzeigen',
  session: {
    ended: 'Ihre Sitzung ist beendet. Melden Sie sich erneut bei Backstage an.',
    signIn: 'Erneut anmelden',
  },
  grant: {
    authorization_code: 'Authorization Code',
    client_credentials: 'Client Credentials',
    jwt_bearer: 'JWT Bearer',
    password: 'Passwort',
    oauth2: 'OAuth 2.0',
    static: 'API-Schlüssel oder Passwort',
    jwt: 'Signiertes JWT',
    none: 'Keine Authentifizierung',
  },
  way: {
    oauth2: 'OAuth 2.0',
    apiKey: 'API-Schlüssel',
    basic: 'Basic',
    bearer: 'Bearer-Token',
    jwt: 'Signiertes JWT',
    none: 'Keine',
  },
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
};
