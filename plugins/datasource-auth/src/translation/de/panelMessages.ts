import { panelMessages as english } from '../panelMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const panelMessages: Translated<typeof english> = {
  heading: 'Autorisierung',
  getCredential: 'Neue Zugangsdaten holen',
  getToken: 'Access Token holen',
  newWindow: '{{action}} (öffnet ein neues Fenster)',
  tryAgain: 'Erneut versuchen',
  test: 'Verbindung testen',
  testNeedsCredential: 'Holen Sie zuerst neue Zugangsdaten.',
  clear: 'Zugangsdaten löschen…',
  cancel: 'Abbrechen',
  undoClear: 'Löschen rückgängig machen',
  openAgain: 'Erneut öffnen',
  continueHere: 'In diesem Tab fortfahren',
  fillIn: 'Füllen Sie aus: {{labels}}.',
  mayNotAuthorize: 'Sie dürfen diese Datenquelle nicht autorisieren.',
  none: 'Noch keine Zugangsdaten.',
  saveIsEnough:
    'Speichern Sie, um sie zu verwenden. Wenn Sie möchten, testen Sie vorher die Verbindung.',
  useAgain: 'Gespeichertes Geheimnis wieder verwenden',
  opening: 'Anbieter wird geöffnet…',
  obtaining: 'Token wird beim Anbieter angefordert…',
  waiting: 'Wartet auf Ihre Genehmigung im anderen Fenster.',
  lost: 'Fenster nicht gefunden?',
  windowClosed: 'Fenster geschlossen?',
  blocked: 'Ihr Browser hat das Fenster blockiert.',
  obtainedNow:
    'Zugangsdaten soeben erhalten. Speichern Sie, um sie zu verwenden.',
  obtained: 'Zugangsdaten erhalten. Speichern Sie, um sie zu verwenden.',
  committed: 'Zugangsdaten erhalten. Plugins verwenden sie ab sofort.',
  validToken: 'Gültiges Access Token',
  validTokenUntil: 'Gültiges Access Token – bis {{time}}',
  outOfDateTitle: 'Veraltet – holen Sie neue',
  outOfDate:
    'Sie haben {{labels}} geändert. Die Zugangsdaten gehören zum alten Wert.',
  outOfDatePlural:
    'Sie haben {{labels}} geändert. Die Zugangsdaten gehören zu den alten Werten.',
  outOfDateSave:
    'Wenn Sie jetzt speichern, erhalten Plugins keine Tokens, bis Sie neue Zugangsdaten holen.',
  clearStaged:
    'Die gespeicherten Zugangsdaten werden beim Speichern gelöscht. Ihre Einstellungen bleiben.',
  actsAs: 'Handelt als',
  fromIdToken: '{{account}} (aus dem ID-Token)',
  accessToken: 'Access Token',
  validUntil: 'Gültig bis {{time}} ({{relative}})',
  noExpiry:
    'Der Anbieter nennt keinen Ablauf. Backstage erneuert das Token, wenn die API es ablehnt. Sie können auch eine Standardlebensdauer festlegen.',
  refreshToken: 'Refresh Token',
  refreshReceived: 'erhalten',
  refreshNone: 'nicht ausgestellt',
  refreshMasked: 'erhalten, nicht angezeigt',
  wontRenew:
    'Autorisiert, aber das Token kann nicht erneuert werden. Fordern Sie ein Refresh Token so an, wie der Anbieter es dokumentiert, oft mit offline_access. Holen Sie dann neue Zugangsdaten.',
  grantedScopes: 'Bewilligte Scopes',
  notGranted: 'nicht bewilligt: {{scopes}}',
  inUse: 'Derzeit verwendet',
  inUseAuthorized: 'Plugins verwenden diese weiter, bis Sie speichern',
  inUseNothing: 'Nichts wird verwendet, bis Sie speichern.',
  evidence: 'Nachweis',
  honesty:
    '{{state}} bedeutet, dass Zugangsdaten gespeichert sind. Testen Sie die Verbindung, um sie zu prüfen.',
  verified: 'Der Testaufruf mit diesen Zugangsdaten war erfolgreich.',
  honestyHeld:
    '{{state}} bedeutet, dass die Einstellungen vollständig sind. Testen Sie die Verbindung, um sie zu prüfen.',
  verifiedHeld: 'Der Testaufruf mit diesen Einstellungen war erfolgreich.',
  clearStagedHeld:
    'Plugins können die Zugangsdaten nach dem Speichern nicht verwenden. Ihre Einstellungen bleiben.',
  redirectHint:
    'Zeigt der Anbieter einen Fehler zur Redirect-URI? Registrieren Sie genau {{uri}}, samt Protokoll, Port und abschließendem Schrägstrich.',
  scopesChanged:
    'Sie haben die Scopes geändert. Holen Sie neue Zugangsdaten, um sie anzuwenden. Bis dahin gelten die bewilligten Scopes.',
  since: 'Seit {{time}}.',
  consumersAffected_one: '{{count}} Plugin ist betroffen.',
  consumersAffected_other: '{{count}} Plugins sind betroffen.',
  anyPluginAffected: 'Alle Plugins können betroffen sein.',
  likelyCause: 'Wahrscheinliche Ursache',
  remediationSteps: 'Was zu tun ist',
  technicalDetails: 'Technische Details',
  applyFix: 'Anwenden: {{fix}}',
  switchAndRetry: 'Umstellen und erneut versuchen: {{fix}}',
  editScopes: 'Scopes bearbeiten',
  providerSays: 'Der Anbieter sagt: „{{text}}“',
  attempts: '{{count}} Versuche',
  detail: {
    code: 'Fehlercode',
    host: 'Hostname',
    endpoint: 'Endpunkt',
    status: 'HTTP-Status',
    error: 'Fehler',
    contentType: 'Inhaltstyp',
    location: 'Weitergeleitet nach',
    allow: 'Erlaubte Methoden',
    fields: 'Empfangene Felder',
    retryAt: 'Erneut versuchen ab',
    at: 'Zeit',
    attempts: 'Fehlschläge in Folge',
  },
  unknownFailure:
    'Die Genehmigung hat zu lange gedauert oder wurde unterbrochen. Beginnen Sie erneut.',
  clearDialog: {
    title: 'Zugangsdaten löschen?',
    text: 'Löscht die gespeicherten Tokens von {{title}}. Ihre Einstellungen bleiben.',
    textHeld:
      'Plugins können {{title}} nicht verwenden, bis Sie das gespeicherte Geheimnis wieder verwenden. Ihre Einstellungen bleiben.',
    onSave: 'Wird beim Speichern wirksam.',
    immediate: 'Wird sofort wirksam.',
    revoke: 'Den Anbieter auch bitten, die Tokens zu widerrufen.',
    confirm: 'Zugangsdaten löschen',
    keep: 'Zugangsdaten behalten',
  },
  testResult: {
    heading: 'Verbindungstest',
    running: 'Wird getestet…',
    passed: 'Die Verbindung funktioniert.',
    failed: 'Test fehlgeschlagen: {{reason}}',
    step: { settings: 'Einstellungen', token: 'Token', call: 'Testaufruf' },
    ok: 'bestanden',
    notOk: 'fehlgeschlagen',
    answer:
      'HTTP {{status}} · {{contentType}} · {{size}} Bytes · {{duration}} ms',
  },
};
