import { Translated } from 'backstage-plugin-datasource-auth-react';
import { connectionsMessages as english } from '../connectionsMessages';

/** Texts of the page on which people connect their own accounts, in German. */
export const connectionsMessages: Translated<typeof english> = {
  title: 'Meine Verbindungen',
  subtitle: 'Ihre eigenen Konten bei externen APIs. Nur Sie sehen sie.',
  loading: 'Ihre Verbindungen werden geladen…',
  empty:
    'Sie können noch kein Konto verbinden: Keine Datenquelle, die Sie verwenden dürfen, ist für Konten von Personen eingerichtet.',
  unknown:
    'Sie können kein Konto mit „{{name}}“ verbinden. Bitten Sie den Besitzer, Ihnen die Nutzung zu erlauben.',
  connectedOf: '{{connected}} von {{all}} verbunden',
  state: {
    not_connected: 'Nicht verbunden',
    connected: 'Verbunden',
    reconnect: 'Neu verbinden',
    consent_outdated: 'Neue Zustimmung nötig',
    scope_missing: 'Mehr Zugriff nötig',
    suspended: 'Ruht',
  },
  reconnect:
    'Der Anbieter akzeptiert diese Verbindung nicht mehr, oder die Einstellungen wurden geändert. Plugins erhalten einen Fehler, bis Sie sich neu verbinden.',
  outdated:
    'Neu seit Ihrer Zustimmung: {{added}}. Verbinden Sie sich neu, um zuzustimmen. Bis dahin funktioniert nur, dem Sie zugestimmt haben.',
  outdatedAddress:
    'Die Adresse der API wurde seit Ihrer Zustimmung geändert. Verbinden Sie sich neu, um zuzustimmen.',
  scopeMissing:
    'Nicht gewährt: {{scopes}}. Plugins erhalten einen Fehler, bis Sie sich neu verbinden und es gewähren.',
  suspended:
    'Der Katalog hatte keinen Benutzer mit Ihrem Namen oder einen anderen. Plugins erhalten einen Fehler, bis Sie sich neu verbinden.',
  account: 'Konto',
  accountUnnamed: 'vom Anbieter nicht genannt',
  accountUnknown: 'für dieses Token nicht bekannt',
  since: 'Verbunden',
  expires: 'Token läuft ab',
  lastUse: 'Zuletzt verwendet',
  neverUsed: 'noch nie',
  means: 'Was das Verbinden erlaubt',
  done: '{{title}} ist verbunden.',
  next: 'Weiter: {{title}}',
  disconnect: 'Mein Konto trennen',
  disconnectOf: 'Mein Konto trennen: {{title}}',
  disconnectDialog: {
    title: 'Ihr Konto von {{title}} trennen?',
    text: 'Backstage löscht Ihre Token und bittet den Anbieter, sie zu widerrufen. Plugins können dort nicht mehr in Ihrem Namen handeln. Was sie vorher getan haben, bleibt.',
    textEntered:
      'Backstage löscht Ihre Eingabe. Plugins können dort nicht mehr in Ihrem Namen handeln. Was sie vorher getan haben, bleibt.',
    keep: 'Verbunden bleiben',
  },
  revoked:
    'Ihr Konto ist von {{title}} getrennt. Der Anbieter hat die Token widerrufen.',
  notRevoked:
    'Ihr Konto ist von {{title}} getrennt. Der Anbieter hat nicht bestätigt, dass die Token widerrufen sind: Entfernen Sie den Zugriff in Ihrem Konto dort.',
  deleted:
    'Ihr Konto ist von {{title}} getrennt. Backstage hat Ihre Eingabe gelöscht: Löschen Sie auch das Token in Ihrem Konto dort.',
  perUser: 'Eigenes Konto unter „Meine Verbindungen“ verbinden',
};
