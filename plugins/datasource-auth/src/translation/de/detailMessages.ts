import { detailMessages as english } from '../detailMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const detailMessages: Translated<typeof english> = {
  edit: 'Bearbeiten',
  loading: 'Datenquelle wird geladen…',
  failed: 'Die Datenquelle konnte nicht geladen werden.',
  tabs: 'Ansichten von {{title}}',
  tab: {
    overview: 'Übersicht',
    activity: 'Aktivität',
    consumers: 'Konsumenten',
    access: 'Zugriff',
    configuration: 'Konfiguration',
  },
  statusChanged: '{{title}} ist jetzt {{state}}.',
  declared: 'In app-config deklariert. Ändern Sie die Einstellungen dort.',
  drift: {
    declaration_unused:
      'app-config deklariert ebenfalls eine Datenquelle mit diesem Namen. Verwendet wird die hier gespeicherte, bis Sie sie löschen.',
    replicas_differ:
      'Eine andere Replik deklariert andere Einstellungen. Die Verteilung von app-config läuft noch oder ist unvollständig.',
    settings: 'Abweichende Einstellungen: {{settings}}.',
    same: 'Beide haben dieselben Einstellungen und Geheimnisse.',
  },
  needsPersonBy: 'Jemand muss bis {{time}} handeln: {{why}}.',
  needsPerson: {
    refreshToken: 'das Refresh Token läuft ab',
    secret: 'das Geheimnis läuft ab',
    accessToken: 'das Access Token läuft ab und kann nicht erneuert werden',
    clientSecret: 'das Client-Secret läuft ab',
    privateKey: 'der private Schlüssel läuft ab',
    certificate: 'das Client-Zertifikat läuft ab',
    file: 'die Client-Assertion läuft ab',
    none: 'der Client läuft ab',
  },
  troubleshooting:
    'Meldet ein Plugin einen Zugriffsfehler, obwohl der Status {{state}} ist, holen Sie neue Zugangsdaten.',
  troubleshootingHeld:
    'Meldet ein Plugin einen Zugriffsfehler, obwohl der Status {{state}} ist, testen Sie die Verbindung.',
  settings: 'Einstellungen',
  redirectUri: 'Redirect-URI',
  requestedScopes: 'Angeforderte Scopes',
  grantedScopes: 'Bewilligte Scopes',
  missingScopes: 'nicht bewilligt: {{scopes}}',
  requestChanged:
    'Die gespeicherten Scopes oder Parameter weichen von den bewilligten ab. Holen Sie neue Zugangsdaten, um sie anzuwenden.',
  nobody: 'Noch keine Plugins',
  notSet: '–',
  updated: 'Zuletzt geändert',
  updatedBy: '{{time}} von {{who}}',
  use: 'In einem Plugin verwenden',
  snippet: 'Codebeispiel',
};
