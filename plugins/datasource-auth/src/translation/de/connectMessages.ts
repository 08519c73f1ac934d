import { connectMessages as english } from '../connectMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const connectMessages: Translated<typeof english> = {
  title: '{{title}} verbinden',
  anyTitle: 'Eine API verbinden',
  step: 'Schritt {{number}} von 3',
  loading: 'Anbieter wird geladen…',
  unknown: 'Für diesen Anbieter gibt es keine Voreinstellung.',
  passwordOff:
    'Dieser Anbieter braucht den Passwort-Grant, der in diesem Backstage deaktiviert ist.',
  toGallery: 'Alle Anbieter anzeigen',
  atProvider: 'Beim Anbieter',
  console: '{{host}} öffnen',
  documentation: 'Dokumentation',
  redirectUri:
    'Registrieren Sie genau diese Adresse, mit dem Schrägstrich am Ende, falls vorhanden.',
  scopes: 'Berechtigungen',
  yourValues: 'Ihre Werte',
  way: 'Verbinden als',
  ways: {
    authorization_code: 'Person',
    client_credentials: 'Anwendung',
    jwt_bearer: 'Anwendung mit Schlüssel',
    password: 'Benutzer mit Passwort',
    apiKey: 'API-Schlüssel',
    basic: 'Benutzer mit Passwort',
    bearer: 'API-Token',
  },
  enter: 'Geben Sie diesen Wert ein: {{label}}.',
  example: 'Zum Beispiel {{example}}',
  wrongForm: 'Geben Sie einen Wert in diesem Format ein: {{example}}.',
  stored: 'Eingegeben. Zum Ersetzen neu eingeben.',
  check: 'Prüfen Sie diesen Wert.',
  named: 'Name für Plugins: {{name}}',
  fixed: 'später nicht änderbar',
  rename: 'Titel oder Namen ändern',
  connect: 'Für alle verbinden',
  connecting: 'Wird verbunden…',
  continue: 'Weiter',
  anyway: 'Ohne erfolgreichen Testaufruf weiter',
  allSettings: 'Alle Einstellungen',
  waiting: 'Stimmen Sie im Fenster des Anbieters zu.',
  stuck:
    'Zeigt der Anbieter stattdessen einen Fehler? Vergleichen Sie die Redirect-URI und prüfen Sie dann: {{labels}}.',
  draftGone:
    'Der frühere Versuch ist abgelaufen. Geben Sie Ihre Werte erneut ein.',
  otherFaults:
    'Andere Einstellungen haben Fehler. Öffnen Sie alle Einstellungen, um sie zu beheben.',
  connected: 'Verbunden',
  connectedAs: 'Verbunden als {{account}}',
  scopeCount_one: '{{count}} Scope',
  scopeCount_other: '{{count}} Scopes',
  tested: 'Testaufruf erfolgreich',
  untested: 'Nicht getestet: Diese API hat keinen Testaufruf',
  testFailed: 'Der Testaufruf ist fehlgeschlagen',
  noRenewal:
    'Der Anbieter hat kein Refresh Token ausgestellt. Nach dem Ablauf muss eine Person erneut zustimmen: {{time}}.',
  who: 'Wer darf sie nutzen?',
  plugins: 'Plugins',
  nobody:
    'Noch niemand: Kein Plugin kann sie nutzen, bis Sie eines erlauben. Das geht auch später.',
  owner: 'Eigentümer: {{owner}}',
  back: 'Zurück',
  save: 'Speichern',
  saving: 'Wird gespeichert…',
  saveFailed: 'Nicht gespeichert: {{message}}',
  taken:
    'Der Name {{name}} wurde inzwischen vergeben. Ihre Zugangsdaten bleiben erhalten. Speichern Sie unter einem anderen Namen.',
  saveAs: 'Als {{name}} speichern',
  saved: '{{title}} ist verbunden.',
  credential: 'Zugangsdaten',
};
