import { activityMessages as english } from '../activityMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const activityMessages: Translated<typeof english> = {
  loading: 'Aktivität wird geladen…',
  nothing: 'Noch keine Aktivität.',
  nothingMatches: 'Keine Aktivität entspricht den Filtern.',
  more: 'Weitere Aktivität laden',
  download: 'JSON herunterladen',
  details: 'Einzelheiten',
  id: 'Referenz',
  empty: 'leer',
  backstage: 'Backstage',
  plugin: 'Plugin {{plugin}}',
  filterKind: 'Art',
  filterActor: 'Benutzer oder Plugin',
  kind: {
    changes: 'Geänderte Einstellungen',
    credential: 'Geholte und gelöschte Zugangsdaten',
    renewals: 'Erneuerte Tokens',
    renewalsHeld: 'Zustandswechsel',
    tests: 'Tests',
    denied: 'Abgewiesene Plugins',
  },
  created: '{{who}} hat die Datenquelle angelegt.',
  updated: '{{who}} hat {{what}} geändert.',
  savedUnchanged: '{{who}} hat gespeichert, ohne eine Einstellung zu ändern.',
  approved: '{{who}} hat den Zugriff genehmigt.',
  approvedAs: '{{who}} hat den Zugriff als {{account}} genehmigt.',
  obtained: '{{who}} hat ein Access Token geholt.',
  atRequestOf: 'Angefragt von {{asker}}.',
  asked: '{{who}} hat {{recipient}} um Genehmigung gebeten.',
  askedAnyone: '{{who}} hat einen Genehmigungslink erstellt.',
  declined: '{{who}} hat die Genehmigungsanfrage von {{asker}} abgelehnt.',
  withdrawn:
    '{{who}} hat die Genehmigungsanfrage an {{recipient}} zurückgezogen.',
  withdrawnLink: '{{who}} hat den Genehmigungslink zurückgezogen.',
  scopes: 'Bewilligte Scopes: {{scopes}}.',
  refreshed: 'Automatisch erneuert.',
  refreshedRotated: 'Automatisch erneuert (neues Refresh Token).',
  refreshedBy: '{{who}} hat das Token erneuert.',
  refreshedRotatedBy: '{{who}} hat das Token erneuert (neues Refresh Token).',
  refreshedTimes_one: '{{count}}-mal erneuert.',
  refreshedTimes_other: '{{count}}-mal erneuert.',
  validUntil: 'Gültig bis {{time}}.',
  refreshFailed: 'Erneuerung fehlgeschlagen: {{code}}. Versuch {{attempt}}.',
  refreshFailedBy: 'Erneuerung durch {{who}} fehlgeschlagen: {{code}}.',
  refused:
    'Der Anbieter hat die gespeicherten Zugangsdaten abgelehnt: {{code}}. {{from}} → {{to}}.',
  refusedBy:
    'Erneuerung durch {{who}} fehlgeschlagen. Der Anbieter hat die gespeicherten Zugangsdaten abgelehnt: {{code}}. {{from}} → {{to}}.',
  authorizationFailed: '{{who}} hat versucht, Zugangsdaten zu holen: {{code}}.',
  revoked: 'Der Anbieter hat den Widerruf bestätigt.',
  revocationUnconfirmed: 'Der Anbieter hat den Widerruf nicht bestätigt.',
  statusChanged: '{{from}} → {{to}}.',
  secretsSaved: '{{who}} hat die Zugangsdaten gespeichert.',
  rejected:
    'Die API hat einen Aufruf von {{who}} abgelehnt. Der Testpfad antwortete mit {{status}}.',
  rejectedUnchecked:
    'Die API hat einen Aufruf von {{who}} abgelehnt. Ohne Testpfad lässt sich das Geheimnis nicht prüfen.',
  disconnected: '{{who}} hat Konten von Personen getrennt: {{people}}.',
  cleared: '{{who}} hat die Zugangsdaten gelöscht.',
  tested: '{{who}} hat die Verbindung getestet: {{status}} in {{duration}} ms.',
  testedToken: '{{who}} hat die Verbindung getestet und ein Token erhalten.',
  testFailed:
    '{{who}} hat die Verbindung getestet. Der Test ist fehlgeschlagen.',
  rehearsed: '{{who}} hat die Erneuerung getestet.',
  verdict: {
    rotated:
      'Sie funktioniert, und der Anbieter hat ein neues Refresh Token ausgestellt.',
    unchanged: 'Sie funktioniert, und das Refresh Token ist unverändert.',
    renewed:
      'Sie funktioniert, und der Anbieter hat ein neues Access Token ausgestellt.',
    no_refresh_token: 'Es gibt kein Refresh Token.',
    failed: 'Sie ist fehlgeschlagen.',
  },
  denied:
    'Plugin {{plugin}} wollte die Datenquelle verwenden und ist nicht erlaubt.',
  other: '{{who}}: {{kind}}',
  secret: { set: 'gesetzt', replaced: 'ersetzt', removed: 'entfernt' },
};
