import { MESSAGES } from 'backstage-plugin-datasource-auth-common';
import { Translated } from '../Translated';

/** Why a datasource has no token now. */
export const tokenErrors: Translated<typeof MESSAGES.error.token> = {
  open: 'Öffnen Sie {{link}}',
  see: 'Siehe {{link}}',
  notConfigured:
    'Die Datenquelle „{{name}}“ ist nicht konfiguriert. Es fehlt: {{labels}}.',
  notSigned:
    'Das JWT der Datenquelle „{{name}}“ kann nicht signiert werden. {{fault}}',
  cleared: 'Die Zugangsdaten der Datenquelle „{{name}}“ wurden gelöscht.',
  deleted:
    'Die Datenquelle „{{name}}“ wurde gelöscht, während ihr Token erneuert wurde.',
  none: 'Die Datenquelle „{{name}}“ hat noch keine Zugangsdaten.',
  refused:
    'Die Datenquelle „{{name}}“ muss neu autorisiert werden ({{reason}}).',
  refusedSince:
    'Die Datenquelle „{{name}}“ muss neu autorisiert werden ({{reason}}, seit {{time}}).',
  doubtful:
    'Der Anbieter akzeptiert die Zugangsdaten der Datenquelle „{{name}}“ vielleicht nicht mehr. Holen Sie neue.',
  secretsOfOtherSettings:
    'Die Einstellungen der Datenquelle „{{name}}“ wurden geändert, seit ihre Geheimnisse gespeichert wurden. Speichern Sie sie noch einmal.',
  secretExpired:
    'Das Geheimnis der Datenquelle „{{name}}“ ist abgelaufen. Geben Sie ein neues ein.',
  otherSettings:
    'Die Einstellungen der Datenquelle „{{name}}“ wurden geändert, seit sie ihre Zugangsdaten erhalten hat.',
  otherOrigins:
    'Die Basis-URL oder die erlaubten Hosts der Datenquelle „{{name}}“ wurden geändert, seit sie ihre Zugangsdaten erhalten hat.',
  expired:
    'Das Token der Datenquelle „{{name}}“ ist abgelaufen, und sie hat kein Refresh-Token.',
  rejected:
    'Die API lehnt das Token der Datenquelle „{{name}}“ ab, und es gibt kein Refresh-Token für ein neues.',

  unavailable: 'Jetzt kein Token für die Datenquelle „{{name}}“: {{why}}.',
  unavailableFault:
    'Jetzt kein Token für die Datenquelle „{{name}}“: {{fault}}',
  withCode: '{{why}} ({{code}})',
  databaseDown: 'Die Datenbank antwortet nicht',
  refreshing: 'Es wird noch erneuert',
  waiting: 'Es wartet darauf, erneuert zu werden',
  stopping: 'Dieses Backend wird beendet',
  hostDown: '{{host}} hat mehrmals hintereinander nicht geantwortet',
  perUser:
    'Die Datenquelle „{{name}}“ hat keine gemeinsamen Zugangsdaten: Jede Person verbindet ihr eigenes Konto.',
  quarantined:
    'Diese Datenbank wurde mit einer anderen Callback-URL gestartet. Ihre Zugangsdaten werden erst verwendet, wenn datasourceAuth.adoptCredentials die neue nennt',
  expiredOnArrival:
    'Der Anbieter hat ein Token ausgestellt, das schon abgelaufen war',
  justRefreshed: 'Es wurde gerade erneuert',
  routeRejects: 'Neue Tokens haben dieser Route nicht geholfen',
  refreshFailed: 'Das Erneuern ist fehlgeschlagen',
};
