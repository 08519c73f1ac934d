import { editorMessages as english } from '../editorMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const editorMessages: Translated<typeof english> = {
  newTitle: 'Neue Datenquelle',
  editTitle: '{{title}} bearbeiten',
  steps: {
    label: 'Einrichtung in drei Schritten',
    application: {
      prepare: 'Registrieren Sie die Anwendung beim Anbieter.',
      enter:
        'Geben Sie die Client-ID und das Secret oder den Schlüssel ein, die Sie erhalten.',
      finish: 'Holen Sie die Zugangsdaten und speichern Sie dann.',
    },
    serviceAccount: {
      prepare:
        'Legen Sie beim Anbieter ein Dienstkonto und seinen Schlüssel an.',
      enter: 'Fügen Sie den Schlüssel ein und geben Sie die Token-URL ein.',
      finish: 'Holen Sie ein Access Token und speichern Sie dann.',
    },
    apiKey: {
      prepare:
        'Legen Sie beim Anbieter der API einen Schlüssel für Backstage an.',
      enter:
        'Geben Sie den Schlüssel und den Header oder Query-Parameter dafür ein.',
      finish: 'Testen Sie die Verbindung und speichern Sie dann.',
    },
    basic: {
      prepare:
        'Legen Sie beim Anbieter der API einen Benutzer für Backstage an.',
      enter: 'Geben Sie Benutzername und Passwort ein.',
      finish: 'Testen Sie die Verbindung und speichern Sie dann.',
    },
    bearer: {
      prepare: 'Legen Sie beim Anbieter der API ein Token für Backstage an.',
      enter:
        'Geben Sie das Token oder den Namen der Datei ein, die es enthält.',
      finish: 'Testen Sie die Verbindung und speichern Sie dann.',
    },
    jwt: {
      prepare:
        'Legen Sie einen Schlüssel für Backstage an, selbst oder beim Anbieter der API.',
      enter:
        'Fügen Sie den privaten Schlüssel ein und geben Sie die Audience ein, die die API erwartet.',
      finish: 'Testen Sie die Verbindung und speichern Sie dann.',
    },
    none: {
      prepare: 'Geben Sie die Basis-URL der API ein.',
      enter: 'Wählen Sie die Plugins, die sie aufrufen dürfen.',
      finish: 'Testen Sie die Verbindung und speichern Sie dann.',
    },
  },
  general: 'Allgemein',
  authentication: 'Authentifizierung',
  search: {
    label: 'Einstellungen durchsuchen',
    example: 'Nach Name, Erklärung oder Pfad, zum Beispiel: baseUrl.',
    none: 'Keine Einstellung passt.',
    found_one: '{{count}} Einstellung passt.',
    found_other: '{{count}} Einstellungen passen.',
  },
  advanced: 'Erweitert',
  advancedCount_one: '{{count}} Wert weicht vom Standard ab',
  advancedCount_other: '{{count}} Werte weichen vom Standard ab',
  area: {
    authorizeRequest: 'Autorisierungsanfrage',
    callback: 'Autorisierungsantwort',
    tokenRequest: 'Token-Anfrage',
    clientAuthentication: 'Client-Authentifizierung',
    clientAssertion: 'Client-Assertion',
    certificate: 'Client-Zertifikat',
    assertion: 'JWT-Assertion',
    furtherRequest: 'Weitere Token-Anfrage',
    renewal: 'Erneuerung und Widerruf',
    furtherRefresh: 'Weitere Anfrage beim Erneuern',
    response: 'Token-Antwort',
    handOut: 'API-Anfragen',
    instance: 'Instanzwerte',
    gateway: 'API-Gateway',
    origin: 'Quelle',
  },
  waySentence: {
    oauth2: 'Der Anbieter stellt Tokens aus. Backstage holt und erneuert sie.',
    apiKey:
      'Backstage sendet mit jedem Aufruf einen Schlüssel, den die API ausgestellt hat, in einem Header oder Query-Parameter.',
    basic: 'Backstage sendet mit jedem Aufruf Benutzername und Passwort.',
    bearer:
      'Backstage sendet mit jedem Aufruf ein Token, das die API ausgestellt hat. Es bleibt gleich, bis Sie es ersetzen.',
    jwt: 'Backstage sendet mit jedem Aufruf ein kurzlebiges Token, das es mit einem Schlüssel signiert. Kein Anbieter ist beteiligt.',
    none: 'Jeder kann die API aufrufen. Backstage sendet nichts.',
  },
  grantSentence: {
    authorization_code:
      'Eine Person genehmigt den Zugriff einmal. Danach erneuert Backstage das Token.',
    client_credentials:
      'Backstage meldet sich als Anwendung an. Keine Person ist beteiligt.',
    jwt_bearer:
      'Backstage meldet sich mit einem privaten Schlüssel als Dienstkonto an. Keine Person ist beteiligt.',
    password:
      'Backstage speichert Benutzername und Passwort. Verwenden Sie diesen Grant nur, wenn der Anbieter keine Weiterleitungen unterstützt.',
  },
  passwordWarning:
    'Verwenden Sie diesen Grant nur, wenn Sie Client und API selbst kontrollieren und Weiterleitungen nicht möglich sind. Verwenden Sie ein Dienstkonto. Geben Sie nie das Passwort einer Person an Dritte weiter.',
  option: {
    client_secret_basic: 'Basic-Header',
    client_secret_basic_raw: 'Basic-Header, nicht formularcodiert',
    client_secret_post: 'Client-ID und Secret im Anfragetext',
    client_secret_jwt: 'Mit dem Client-Secret signiert (client_secret_jwt)',
    private_key_jwt: 'Mit einem privaten Schlüssel signiert (private_key_jwt)',
    tls_client_auth: 'Client-Zertifikat (tls_client_auth)',
    senderConstraint_none: 'Nichts (Bearer Tokens)',
    subjects_service: 'Gemeinsame für alle Plugins',
    subjects_user: 'Eigene für jede Person',
    subjects_both: 'Beides: gemeinsame und eigene für jede Person',
    mtls: 'Client-Zertifikat (Mutual TLS)',
    dpop: 'DPoP',
    federated_assertion: 'Assertion aus einer Datei (federated_assertion)',
    none: 'Keine (nur PKCE)',
    form: 'Formular (application/x-www-form-urlencoded)',
    json: 'JSON',
    query: 'Query-String',
    shared: 'Gemeinsam für alle Datenquellen',
    own: 'Nur für diese Datenquelle',
    off: 'Aus',
    S256: 'S256',
    refresh_token: 'Refresh Token verwenden',
    grant: 'Ursprünglichen Grant wiederholen',
    default: 'Standard',
    seconds: 'Sekunden',
    milliseconds: 'Millisekunden',
    minutes: 'Minuten',
  },
  redirectUri: 'Redirect-URI',
  redirectUriWhat:
    'Der Anbieter schickt den Browser nach der Genehmigung an diese URI zurück.',
  redirectUriHint:
    'Registrieren Sie genau diese URI beim Anbieter, samt abschließendem Schrägstrich.',
  redirectUriUnknown: 'Wird angezeigt, sobald das Backend antwortet.',
  redirectUriNeedsName:
    'Geben Sie einen Namen ein, um die Redirect-URI zu sehen.',
  addOfflineAccess: 'offline_access hinzufügen',
  offlineAccessHint:
    'OpenID-Connect-Anbieter stellen ein Refresh Token nur aus, wenn Sie offline_access anfordern.',
  fixCommas: 'Kommas durch Leerzeichen ersetzen',
  scopeChips: 'Scopes zum Ankreuzen',
  keyFile:
    'Schlüssel, Schlüssel-ID und Konto stammen aus der Schlüsseldatei. Nur was Sie hier sehen, wird gespeichert.',
  keyFileWithUrl:
    'Schlüssel, Schlüssel-ID und Konto stammen aus der Schlüsseldatei. Sie nennt auch die Token-URL {{url}}. Geben Sie diese nur ein, wenn Ihr Anbieter sie dokumentiert.',
  secret: {
    stored: '•••• gesetzt {{when}} von {{who}}',
    storedPlain: '•••• gesetzt',
    storedSpoken: '{{label}}, gesetzt {{when}}, nicht angezeigt',
    storedSpokenPlain: '{{label}}, gesetzt, nicht angezeigt',
    replace: 'Ersetzen',
    replaceNamed: '{{label}} ersetzen',
    keep: 'Gespeicherten Wert behalten',
    remove: 'Entfernen',
    removeNamed: '{{label}} entfernen',
    removed: 'Wird beim Speichern entfernt.',
    undo: 'Rückgängig',
    spaces:
      'Beginnt oder endet mit einem Leerzeichen. Entfernen Sie es, wenn es nicht dazugehört.',
    reenter:
      'Geben Sie das Geheimnis erneut ein. Es wurde für {{hosts}} gespeichert und wird nicht an einen anderen Server gesendet.',
    noServer: 'noch keinen Server',
    show: '{{label}} anzeigen',
  },
  rows: {
    key: 'Schlüssel',
    value: 'Wert',
    secret: 'Geheim',
    add: '{{label}}: Zeile hinzufügen',
    remove: '{{key}} entfernen',
    keyLabel: '{{label}}: Schlüssel {{number}}',
    valueLabel: '{{label}}: Wert {{number}}',
    secretLabel: '{{label}}: {{number}} ist geheim',
    stored: '•••• gesetzt',
  },
  consumers: {
    listed: 'Aufgelistete Plugins',
    any: 'Alle Plugins',
    plugins: 'Plugin-IDs',
  },
  save: 'Speichern',
  saving: 'Wird gespeichert…',
  discard: 'Änderungen verwerfen',
  unsaved: 'Nicht gespeichert: {{what}}',
  nothingUnsaved: 'Keine ungespeicherten Änderungen',
  credential: 'Zugangsdaten',
  saveReason: {
    name: 'Geben Sie einen Namen ein',
    nothing: 'Keine Änderungen zu speichern',
    saving: 'Es wird gerade gespeichert',
    permission: 'Sie dürfen diese Datenquelle nicht ändern',
    waiting: 'Schließen Sie zuerst die Genehmigung ab oder brechen Sie sie ab',
  },
  discardReason: 'Keine Änderungen zu verwerfen',
  saved: 'Gespeichert.',
  savedToast: 'Gespeichert. {{state}}',
  savedToastUntried:
    'Gespeichert. Der neue Wert von „{{label}}“ wurde noch nicht ausprobiert.',
  savedToastUntil: 'Gespeichert. {{state}} · gültig bis {{time}}.',
  saveFailed: 'Nicht gespeichert: {{message}}',
  unreachable:
    'Backstage ist nicht erreichbar. Ihre Änderungen sind noch da. Speichern Sie erneut, sobald die Verbindung wieder besteht.',
  sessionEnded:
    'Ihre Sitzung ist beendet. Ihre Änderungen sind noch da. Melden Sie sich in einem anderen Tab bei Backstage an und speichern Sie dann erneut.',
  errors_one: '{{count}} Feld muss geprüft werden',
  errors_other: '{{count}} Felder müssen geprüft werden',
  credentialOutOfDate:
    'Nicht gespeichert: Die Zugangsdaten passen nicht mehr zu diesen Einstellungen. Holen Sie neue Zugangsdaten und speichern Sie dann erneut.',
  conflict: {
    title: '{{who}} hat {{when}} Änderungen gespeichert.',
    titleUnknown: 'Jemand hat {{when}} Änderungen gespeichert.',
    text: 'Ihre Änderungen sind noch da. Diese Einstellungen wurden inzwischen geändert:',
    none: 'Alle Einstellungen stimmen mit Ihren überein.',
    secret: 'ersetzt',
    empty: 'leer',
    mine: 'Ihre',
    theirs: 'gespeicherte',
    keepMine: 'Meine behalten',
    takeTheirs: 'Gespeicherte übernehmen',
  },
  confirm: {
    title: 'Diese Änderungen speichern?',
    saving: 'Nach dem Speichern:',
    account: 'Plugins handeln als {{after}} statt als {{before}}',
    ends: 'Plugins erhalten keine Tokens, bis Sie neue Zugangsdaten holen, weil Sie {{labels}} geändert haben',
    clears:
      'Die Zugangsdaten werden entfernt, und Plugins können die Datenquelle nicht verwenden',
    blocks: '{{plugins}} kann die Datenquelle nicht mehr verwenden',
  },
  guard: {
    title: 'Änderungen verwerfen?',
    text: 'Nicht gespeichert: {{what}}',
    stay: 'Weiter bearbeiten',
    leave: 'Änderungen verwerfen',
  },
  declared: 'In app-config deklariert. Ändern Sie die Einstellungen dort.',
  toDetail: 'Zurück zur Datenquelle',
  loading: 'Einstellungen werden geladen…',
  missingInstance: 'Instanzwert {{instance}}',
  draftGone:
    'Der Entwurf ist abgelaufen, Ihre ungespeicherten Änderungen sind verloren. Das Formular zeigt die gespeicherten Einstellungen.',
  duplicateOf: 'Kopie von {{title}}, ohne Geheimnisse.',
};
