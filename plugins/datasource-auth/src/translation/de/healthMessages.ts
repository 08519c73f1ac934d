import { healthMessages as english } from '../healthMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const healthMessages: Translated<typeof english> = {
  title: 'Einrichtung prüfen',
  subtitle: 'Prüft, ob diese Installation richtig eingerichtet ist.',
  loading: 'Einrichtung wird geprüft…',
  again: 'Erneut prüfen',
  toDo: 'Zu tun',
  state: {
    ok: 'In Ordnung',
    advice: 'Verbesserungsfähig',
    problem: 'Erfordert Aufmerksamkeit',
    unknown: 'Nicht geprüft',
  },
  okText:
    'Nichts zu tun. Öffnen Sie eine Zeile, um zu sehen, was geprüft wurde.',
  well: 'Alle Prüfungen bestanden.',
  open_one: '{{count}} Prüfung erfordert Aufmerksamkeit.',
  open_other: '{{count}} Prüfungen erfordern Aufmerksamkeit.',
  unknownCount_one: '{{count}} Prüfung war nicht möglich.',
  unknownCount_other: '{{count}} Prüfungen waren nicht möglich.',
  passwordOn: 'Der Passwort-Grant ist aktiviert',
  passwordOff: 'Der Passwort-Grant ist deaktiviert',
  passwordText: 'Ändern Sie das mit datasourceAuth.passwordGrant.enabled.',
  callbackText:
    'Anbieter schicken den Browser an diese URI zurück. Registrieren Sie genau diese URI bei jedem Anbieter.',
  slash: 'Sie endet mit einem Schrägstrich. Geben Sie ihn mit an.',
  noSlash: 'Sie endet ohne Schrägstrich.',
  check: 'Mit diesem Browser prüfen',
  reached: 'Dieser Browser erreicht die Redirect-URI.',
  unreachable:
    'Dieser Browser erreicht die Redirect-URI nicht. Vergleichen Sie backend.baseUrl und datasourceAuth.callbackUrl mit der URL, unter der Sie Backstage verwenden.',
};
