import { REQUIRED_SETTINGS } from 'backstage-plugin-datasource-auth-common';
import { backendMessages } from './backendMessages';
import { connectionMessages } from './connectionMessages';
import { Translated } from '../Translated';

const setting: Translated<typeof REQUIRED_SETTINGS> = {
  'auth.clientId': 'Client-ID',
  'auth.clientSecret': 'Client-Secret',
  'auth.clientAssertion.key': 'Privater Schlüssel',
  'clientCertificate.certificate': 'Client-Zertifikat',
  'clientCertificate.key': 'Schlüssel des Client-Zertifikats',
  'auth.clientAssertion.file': 'Datei mit der Client-Assertion',
  'auth.authorize.url': 'Authorize-URL',
  'auth.token.url': 'Token-URL',
  'auth.assertion.key': 'Schlüssel der Assertion',
  'auth.assertion.issuer': 'Aussteller der Assertion',
  'auth.assertion.audience': 'Audience der Assertion',
  'auth.username': 'Benutzername',
  'auth.password': 'Passwort',
  'auth.bearer': 'Bearer-Token',
  'auth.basic.password': 'Passwort',
};

/** The texts of the shared components in German. */
export const messages = {
  state: {
    AUTHORIZED: 'AUTORISIERT',
    NOT_AUTHORIZED: 'NICHT AUTORISIERT',
    NOT_CONFIGURED: 'NICHT KONFIGURIERT',
    ERROR: 'FEHLER',
    PER_USER: 'Jede Person verbindet sich',
  },
  calmState: {
    AUTHORIZED: 'Autorisiert',
    NOT_AUTHORIZED: 'Nicht autorisiert',
    NOT_CONFIGURED: 'Nicht konfiguriert',
    ERROR: 'Fehler',
    PER_USER: 'Jede Person verbindet sich',
  },
  notSaved: 'Nicht gespeichert',
  message: backendMessages,
  setting,
  instanceValue: 'Instanzwert {{name}}',
  evidence: {
    label: 'Nachweis',
    stored: 'Gespeichert',
    verified: 'Geprüft {{time}}',
    used: 'Verwendet {{time}}',
    none: '–',
  },
  connection: connectionMessages,
  picker: {
    label: 'Datenquelle',
    empty: 'Noch keine Datenquellen',
    loading: 'Datenquellen werden geladen…',
    failed: 'Die Datenquellen konnten nicht geladen werden: {{message}}',
  },
};
