import { MESSAGES } from 'backstage-plugin-datasource-auth-common';
import { Translated } from '../Translated';
import { descriptionErrors } from './descriptionErrors';
import { gatewayErrors } from './gatewayErrors';
import { tokenErrors } from './tokenErrors';

/** Why the API refuses a request, and what to do. */
export const errorMessages: Translated<typeof MESSAGES.error> = {
  token: tokenErrors,
  gateway: gatewayErrors,
  description: descriptionErrors,
  field: '{{path}}: {{fault}}',
  bodyTooLarge: 'Der Body ist größer als {{limit}}.',
  bodyNotJson: 'Der Body ist kein JSON.',
  contentType: 'Senden Sie einen JSON-Body mit Content-Type: application/json.',
  nameInPath: 'Datenquelle nicht gefunden: Der Name im Pfad ist nicht gültig.',
  idInPath: 'Nicht gefunden: Die ID im Pfad ist nicht gültig.',
  versionRequired:
    'Senden Sie If-Match mit der Version, auf der Ihre Änderung beruht, zum Beispiel If-Match: "3".',
  versionFormat:
    'If-Match muss eine Version in doppelten Anführungszeichen sein, zum Beispiel "3".',
  urlRequired:
    'Geben Sie die vollständige URL des Aufrufs in der Query an: `?url=`.',
  cursor: 'Der Cursor ist nicht gültig. Beginnen Sie bei der ersten Seite.',
  pluginFilters:
    'Ein Plugin kann nach search, status und attention filtern. Entfernen Sie: {{filters}}.',
  notResponding:
    'Das Backend-Plugin datasource-auth antwortet nicht. Fügen Sie es zum Backend hinzu und starten Sie es neu.',
  status: 'Das Backend hat {{status}} zurückgegeben.',

  datasourceUnknown: 'Keine Datenquelle mit dem Namen „{{name}}“ gefunden.',
  nameExists:
    'Eine Datenquelle mit dem Namen „{{name}}“ gibt es bereits. Wählen Sie einen anderen Namen.',
  nameDeclared:
    'Der Name „{{name}}“ ist in app-config deklariert. Wählen Sie einen anderen Namen.',
  nameFixed:
    'Der Name der Datenquelle „{{name}}“ kann nicht geändert werden, weil Plugins ihn verwenden. Behalten Sie den Namen, oder erstellen Sie eine neue Datenquelle.',
  declared:
    'Die Datenquelle „{{name}}“ ist in app-config deklariert. Ändern Sie sie dort.',
  changedBy:
    'Die Datenquelle „{{name}}“ wurde inzwischen von {{user}} geändert. Laden Sie sie neu und wiederholen Sie Ihre Änderung.',
  anotherUser: 'einem anderen Benutzer',
  inUse:
    'Die Datenquelle „{{name}}“ wird verwendet: In den letzten 24 Stunden ging ein Token an {{plugins}}. Um sie trotzdem zu löschen, setzen Sie force.',
  somePlugin: 'ein Plugin',
  pluginsAndMore: '{{plugins}} und {{more}} weitere',
  peopleConnected:
    'Personen sind mit der Datenquelle „{{name}}“ verbunden. Wenn du sie trotzdem löschst, verlieren sie ihre Verbindungen.',
  subjectNeedsUser:
    'Übergib die Zugangsdaten einer Person: subject „user“ steht für sie.',
  subjectHeader:
    'Setze den Header {{header}} auf „service“ oder „user“, oder lasse ihn weg.',
  notConnected:
    'Dein Konto ist nicht mit der Datenquelle „{{name}}“ verbunden oder muss neu verbunden werden.',
  consentOutdated:
    'Dieser Verwendung deines Kontos bei der Datenquelle „{{name}}“ hast du nicht zugestimmt.',
  suspended:
    'Dein Konto bei der Datenquelle „{{name}}“ ist ausgesetzt: Im Katalog fehlte dein Benutzer, oder er war ein anderer. Verbinde dein Konto erneut.',
  scopeMissing:
    'Dein Konto bei der Datenquelle „{{name}}“ wurde verbunden ohne: {{scopes}}.',
  consentNeeded:
    'Das Plugin „{{plugin}}“ möchte bei der Datenquelle „{{name}}“ in deinem Namen handeln, während du nicht da bist.',
  delegationEnded:
    'Die Vollmacht für die Datenquelle „{{name}}“ ist beendet oder gilt nicht für diese Verwendung. Frage die Person erneut.',
  delegationUnknown:
    'Vollmacht nicht gefunden. Vielleicht ist sie für jemand anderen oder wurde entfernt.',
  delegationChanged:
    'Was diese Vollmacht erlaubt, hat sich geändert. Lies sie noch einmal, bevor du zustimmst.',
  delegationTooLong:
    'Eine Vollmacht kann höchstens bis {{max}} gelten. Frage nach einem früheren Ende oder erhöhe datasourceAuth.people.maxDelegation.',
  delegationPast: 'Das Ende der Vollmacht liegt in der Vergangenheit.',
  delegationsOpen:
    'Für dieses Plugin warten schon {{open}} Vollmachten auf die Person. Sie muss erst über einige entscheiden.',
  delegationHeaders:
    'Sende {{header}} zusammen mit {{context}}, als das Plugin selbst und ohne Subjekt.',
  personOnly:
    'Nur du selbst kannst dein Konto verbinden. Öffne die Seite und melde dich an.',
  sharedUser:
    '„{{user}}“ steht für mehrere Personen und kann kein Konto verbinden. Melde dich als du selbst an.',
  connectionUnknown: 'Du bist nicht mit der Datenquelle „{{name}}“ verbunden.',
  noConnections:
    'Die Datenquelle „{{name}}“ hat keine Konten von Personen. Ihre Einstellung subjects erlaubt nur gemeinsame Zugangsdaten.',
  connectionApproved:
    'Personen verbinden sich mit „{{name}}“ beim Anbieter: Sie geben hier nichts ein.',
  connectionEntered:
    'Personen geben für „{{name}}“ ihr eigenes Token ein: Nutze PUT /connections/{{name}} oder Meine Verbindungen.',
  connectionFormOld:
    'Was das Verbinden erlaubt, hat sich geändert. Lies es noch einmal, bevor du verbindest.',
  connectionNotKept:
    'Gib dein Token erneut ein: Es gibt keines, das du behalten könntest.',
  secretRejected:
    'Die API lehnt deine Eingabe ab. Prüfe sie oder erstelle dort ein neues Token.',
  tooManyEntries:
    'Du hast es zu oft versucht. Versuche es in ein paar Minuten erneut.',
  confirmationRequired: 'Bestätige, dass das Konto deines ist: {{doubts}}.',
  bothDoubts: '{{first}}, und {{second}}',
  doubtOtherEmail:
    'Es ist nicht die E-Mail-Adresse, die der Katalog von dir kennt',
  doubtAccountTaken: 'Eine andere Person hat dasselbe Konto verbunden',
  perUser:
    'Es gibt keine gemeinsamen Zugangsdaten: Jede Person verbindet ihr eigenes Konto. Stelle subjects auf both, um welche zu erhalten.',
  credentialOutOfDate:
    'Die neuen Zugangsdaten gehören zu anderen Einstellungen, wurden schon gespeichert oder sind abgelaufen. Holen Sie neue Zugangsdaten und speichern Sie dann.',
  passwordGrantDisabled:
    'Der Password-Grant ist deaktiviert. Verwenden Sie Authorization Code oder Client Credentials, oder aktivieren Sie ihn mit datasourceAuth.passwordGrant.enabled.',
  secretsRequired:
    'Geben Sie die Geheimnisse erneut ein, weil sie an einen neuen Server gehen würden: {{hosts}}.',
  noServer: 'noch keinen Server',
  otherDatasource:
    'Die Einstellungen sind für eine andere Datenquelle als „{{name}}“. Senden Sie den Namen der Datenquelle, für die der Versuch ist.',
  fillIn: 'Füllen Sie aus: {{labels}}.',
  titled: '{{title}}.',

  permissionMissing: 'Sie haben keine Berechtigung dafür ({{permission}}).',
  usePermissionMissing:
    'Sie haben keine Berechtigung, die Datenquelle „{{name}}“ zu verwenden ({{permission}}).',
  externalPermissionMissing:
    'Dieses Token hat die Berechtigung „{{permission}}“ nicht. Fügen Sie sie zu accessRestrictions von backend.auth.externalAccess hinzu.',
  managersMissing:
    'Noch kann niemand Datenquellen ändern: Berechtigungen sind aus (permission.enabled), und datasourceAuth.access.managers ist leer. Setzen Sie eines von beiden.',
  managersOnly: 'Nur die Manager in datasourceAuth.access.managers dürfen das.',
  pluginAlone:
    'Das Plugin „{{plugin}}“ kann das nicht in eigenem Namen. Übergeben Sie die Credentials des Benutzers, für den es handelt.',
  pluginsOnly:
    'Nur Backend-Plugins erhalten Tokens: Rufen Sie über ein Plugin mit datasourceAuthServiceRef auf.',
  consumerNotAllowed:
    'Das Plugin „{{plugin}}“ darf keine Tokens der Datenquelle „{{name}}“ erhalten. Fügen Sie es hier zu den Plugins hinzu: {{link}}',

  authorizationUnknown: 'Keine Autorisierung mit der ID „{{id}}“ gefunden.',
  otherUser:
    'Diese Genehmigung wurde von {{user}} begonnen. Beginnen Sie selbst noch einmal.',
  linkEnded:
    'Dieser Link wurde schon verwendet oder ist abgelaufen. Beginnen Sie noch einmal bei der Datenquelle.',
  approvalUnmatched:
    'Diese Genehmigung kann nicht zugeordnet werden. Sie wurde schon verwendet oder hat länger als 10 Minuten gedauert. Beginnen Sie noch einmal bei der Datenquelle.',
  callbackParameters:
    'Die Antwort des Anbieters hat einen doppelten Parameter oder zu viele. Nichts wurde geändert. Beginnen Sie noch einmal bei der Datenquelle.',

  requestUnknown:
    'Genehmigungsanfrage nicht gefunden. Vielleicht ist sie für jemand anderen, oder der Link ist unvollständig.',
  requestsOpen:
    'Die Datenquelle „{{name}}“ hat schon {{open}} offene Anfragen. Ziehen Sie zuerst eine zurück.',
  requestClosed:
    'Die Anfrage ist nicht mehr offen, oder die Datenquelle wurde geändert. Nichts wurde gespeichert.',
  requestApproved:
    'Diese Anfrage wurde schon genehmigt. Ein Link gilt für eine Genehmigung.',
  requestDeclined: 'Diese Anfrage wurde abgelehnt.',
  requestWithdrawn: 'Diese Anfrage wurde zurückgezogen.',
  requestExpired: 'Die Anfrage von {{user}} ist am {{day}} abgelaufen.',
  requestOutdated:
    'Die Datenquelle wurde geändert, seit {{user}} diese Anfrage gesendet hat, also gilt sie nicht mehr. Bitten Sie um eine neue.',
  requestOwn:
    'Sie haben diese Anfrage erstellt. Jemand anderes muss sie genehmigen, oder Sie brauchen datasource-auth.datasource.authorize.',
  requestUsersOnly: 'Nur ein Benutzer kann eine Genehmigungsanfrage öffnen.',
  approvalNotNeeded:
    'Die Datenquelle „{{name}}“ braucht keine Genehmigung: Holen Sie ihr Access-Token auf ihrer Seite.',
  fillInFirst: 'Füllen Sie aus, bevor Sie jemanden bitten: {{labels}}.',
};
