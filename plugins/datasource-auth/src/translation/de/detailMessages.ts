import { detailMessages as english } from '../detailMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const detailMessages: Translated<typeof english> = {
  allSettings: 'Alle Einstellungen',
  connection: 'Verbindung',
  credential: 'Zugangsdaten',
  disconnected:
    '{{title}} ist getrennt. Plugins erhalten einen Fehler, bis jemand die Datenquelle verbindet.',
  loading: 'Datenquelle wird geladen…',
  tabs: 'Ansichten von {{title}}',
  tab: {
    overview: 'Übersicht',
    activity: 'Aktivität',
    people: 'Personen',
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
  troubleshootingTitle: 'Meldet ein Plugin einen Zugriffsfehler?',
  troubleshooting:
    'Wenn der Status {{state}} ist und die API Aufrufe trotzdem ablehnt, verbinden Sie neu. So erhalten Sie neue Zugangsdaten.',
  troubleshootingHeld:
    'Wenn der Status {{state}} ist und die API Aufrufe trotzdem ablehnt, testen Sie die Verbindung.',
  settings: 'Einstellungen',
  redirectUri: 'Redirect-URI',
  missingScopes: 'Nicht bewilligt: {{scopes}}',
  requestChanged:
    'Die gespeicherten Scopes oder Parameter weichen von den bewilligten ab. Verbinden Sie neu, um sie anzuwenden.',
  authorizerLeft:
    'Die Person, die sie autorisiert hat, ist nicht mehr da. Die Datenquelle funktioniert, bis der Anbieter das Konto dieser Person beendet. Übergeben Sie sie vorher an ein anderes Konto.',
  nobody: 'Noch keine Plugins',
  notSet: '–',
  updated: 'Zuletzt geändert',
  updatedBy: '{{time}} von {{who}}',
  use: 'In einem Plugin verwenden',
  snippet: 'Codebeispiel',
};
