import { galleryMessages as english } from '../galleryMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const galleryMessages: Translated<typeof english> = {
  choose: 'Anbieter wählen',
  title: 'Anbieter wählen',
  subtitle:
    'Bekannte Einstellungen des Anbieters sind ausgefüllt. Sie ergänzen die Werte aus Ihrer Registrierung.',
  loading: 'Anbieter werden geladen…',
  search: 'Anbieter suchen',
  list: 'Anbieter',
  found_one: '{{count}} Anbieter',
  found_other: '{{count}} Anbieter',
  nothing:
    'Kein Anbieter passt. Beginnen Sie mit einem leeren Formular oder wählen Sie Generic OAuth2.',
  startBlank: 'Leer beginnen',
  unknown: 'Für diesen Anbieter gibt es keine Voreinstellung.',
  toGallery: 'Alle Anbieter anzeigen',
  way: 'Wie die API authentifiziert',
  filterAccess: 'Zugriff',
  anyAccess: 'Beliebig',
  access: {
    person: 'Als Person',
    app: 'Als Anwendung',
    key: 'API-Schlüssel oder Passwort',
  },
  instance: 'Ihre Instanz',
  instanceText: 'Sie können diese Felder leer lassen und später ausfüllen.',
  example: 'Zum Beispiel {{example}}',
  wrongForm: 'Geben Sie einen Wert in diesem Format ein: {{example}}.',
  fills: 'Für Sie ausgefüllt',
  fillsNothing:
    'Diese Voreinstellung hat keine URLs. Sie geben sie im Editor ein.',
  setting: 'Einstellung',
  value: 'Wert',
  unconfirmed: 'in der Dokumentation des Anbieters nicht bestätigt',
  register: 'Anwendung registrieren',
  getKey: 'Schlüssel oder Token holen',
  applicationName: 'Name der Anwendung',
  applicationNameValue: 'Backstage',
  registerGrant: 'Grant-Typ: {{grant}}',
  scopes: 'Verfügbare Scopes',
  scope: 'Scope {{scope}}',
  registrationPage: 'Registrierungsseite von {{title}}',
  keyPage: 'Seite von {{title}} für Schlüssel und Tokens',
  guide: 'Anleitung zur Einrichtung',
  source: 'Dokumentation von {{title}}',
  verified: 'Am {{date}} mit der Dokumentation abgeglichen.',
  behavior: 'Verhalten des Anbieters',
  rotates: 'Jede Erneuerung ersetzt das Refresh Token.',
  idleDays_one: 'Das Refresh Token läuft nach {{count}} Tag ohne Nutzung ab.',
  idleDays_other:
    'Das Refresh Token läuft nach {{count}} Tagen ohne Nutzung ab.',
  oneGrant:
    'Neue Zugangsdaten können die jetzigen ungültig machen, auch bevor Sie speichern.',
  use: 'Diese Voreinstellung verwenden',
  passwordOff:
    'Dieser Anbieter braucht den Passwort-Grant, der in diesem Backstage deaktiviert ist.',
  usedPreset: 'Ausgefüllt aus {{title}}.',
};
