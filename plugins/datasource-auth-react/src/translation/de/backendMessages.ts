import { MESSAGES } from 'backstage-plugin-datasource-auth-common';
import { diagnosisMessages } from './diagnosisMessages';
import { errorMessages } from './errorMessages';
import { faultMessages } from './faultMessages';
import { healthMessages } from './healthMessages';
import { pathFaults } from './pathFaults';
import { Translated } from '../Translated';

/** Texts from the backend. */
export const backendMessages: Translated<typeof MESSAGES> = {
  diagnosis: diagnosisMessages,
  error: errorMessages,
  fault: faultMessages,
  path: pathFaults,
  health: healthMessages,
  sentence: {
    instanceValueUnknown:
      'Den Wert „{{value}}“ für „{{name}}“ gibt es vermutlich nicht.',
    correctInstanceValue:
      'Korrigieren Sie diesen Wert. Stimmt er, prüfen Sie die Adresse {{endpoint}}.',
    noScope: 'Es wurde kein Scope angefordert.',
    clientCredentialsScope:
      'Prüfen Sie die Schreibweise und trennen Sie Scopes durch Leerzeichen. Client Credentials brauchen oft api://…/.default oder gar keinen Scope.',
    clientCredentialsScopeRequired:
      'Geben Sie einen Scope aus der Dokumentation des Anbieters ein. Microsoft Entra ID braucht einen wie api://…/.default.',
    clientWasIssuedCode:
      'Der Anbieter hat diesem Client gerade einen Code ausgestellt, der Grant ist also aktiviert. Er hat nicht akzeptiert, wie sich der Client authentifiziert.',
    clientGotEmptyResponse:
      'Die Antwort mit Status {{status}} war leer. Meist ist die Client-ID oder ihre Authentifizierung falsch.',
    passwordMayBeWrong:
      'Auch ein falscher Benutzername oder ein falsches Passwort ist eine wahrscheinliche Ursache.',
    checkPasswordFirst:
      'Prüfen Sie zuerst Benutzername und Passwort und testen Sie nur einmal: Wiederholte Versuche können das Konto sperren.',
    errorInProperty: 'Die Antwort hat einen Wert im Fehlerfeld „{{path}}“.',
    checkErrorProperty:
      'Lesen Sie, was der Anbieter sagt. Enthält dieses Feld keinen Fehler, korrigieren Sie „Feld des Fehlers“.',
    errorInSuccess:
      'Der Anbieter hat {{status}} zurückgegeben, aber einen Fehler gemeldet.',
    authorizePath: 'Ihr Pfad endet auf „authorize“, wo Personen genehmigen.',
    otherOriginRedirect:
      'Backstage folgt keinen Weiterleitungen zu einem anderen Ursprung.',
    askForFinalAddress: 'Fragen Sie den Anbieter nach der endgültigen Adresse.',
    methodRejected: 'Der Server akzeptiert {{method}} hier nicht.',
    responseNotObject: 'Die Antwort ist kein JSON-Objekt.',
    responseFormEncoded: 'Die Antwort ist formularcodiert.',
    fieldsReceived: 'Empfangene Felder: {{fields}}.',
    noFields: 'Die Antwort hat keine Felder.',
    checkSetting:
      'Prüfen Sie {{setting}} anhand der Dokumentation des Anbieters.',
    readProvider: 'Lesen Sie, was der Anbieter sagt.',
    setTokenProperty:
      'Setzen Sie „Feld des Access Tokens“ auf das Feld mit dem Token oder prüfen Sie die Token-URL.',
    tokenTypeUnnamed: 'Der Token-Typ gehört nicht zu den akzeptierten.',
    tokenTypeBound:
      'Registrieren Sie den Client für Bearer Tokens. Auf diese Weise an einen Schlüssel gebundene Tokens werden nicht unterstützt.',
    tokenTypeDpop:
      'Setzen Sie „Bindung der Tokens“ auf DPoP. Backstage weist seinen Schlüssel dann bei jeder Anfrage nach.',
    removeIssuer:
      'Hat der Anbieter keinen besseren, entfernen Sie den Aussteller: Dann wird das ID-Token ignoriert.',
    issuerSlash:
      'Geben Sie {{found}} als Aussteller ein. Nur der abschließende Schrägstrich weicht ab, und er zählt.',
    issuerTemplate:
      'Geben Sie {{found}} als Aussteller ein, mit Ihrem eigenen Wert anstelle von {{template}}. Bei Microsoft Entra ID ist das die ID Ihres Mandanten.',
    issuerOfSameHost:
      'Dokumentiert der Anbieter {{found}} als Aussteller, geben Sie ihn ein.',
    tellSecurityTeam:
      'Ist er unerwartet, verständigen Sie Ihr Sicherheitsteam.',
    enterEndpoints:
      'Sind seine Metadaten nicht lesbar, geben Sie die Endpunkte selbst ein.',
    nothingChanged: 'Nichts wurde geändert.',
    openLinkAgain:
      'Öffnen Sie den Link erneut, um es noch einmal zu versuchen.',
    tellSender:
      'Sagen Sie der Person Bescheid, die Ihnen den Link gesendet hat.',
    metadataPath: 'Antwort auf {{path}}: {{outcome}}.',
  },
  reason: {
    missing: 'Es fehlt: {{labels}}',
    keyMissing:
      'Der Verschlüsselungsschlüssel „{{id}}“ fehlt. Stellen Sie ihn unter datasourceAuth.encryption.keys wieder her oder dort, wo sein Schlüsselanbieter ihn liest.',
    unreadable:
      'Ein gespeicherter Wert wurde geändert oder verschoben und lässt sich nicht entschlüsseln. Holen Sie neue Zugangsdaten.',
    perUser: 'Jede Person verbindet ihr eigenes Konto.',
    quarantined:
      'Diese Datenbank wurde zuletzt mit einer anderen Callback-URL verwendet. Um ihre Zugangsdaten zu verwenden, setzen Sie datasourceAuth.adoptCredentials auf die neue.',
    none: 'Noch keine Zugangsdaten.',
    refused:
      'Der Anbieter akzeptiert die gespeicherten Zugangsdaten nicht mehr. Holen Sie neue.',
    refusedNoResponse:
      'Eine Erneuerung blieb ohne Antwort, und der Anbieter akzeptiert die gespeicherten Zugangsdaten nicht mehr. Holen Sie neue.',
    doubtful:
      'Der Anbieter akzeptiert die gespeicherten Zugangsdaten vielleicht nicht mehr. Holen Sie neue.',
    settingsChanged:
      'Die Einstellungen wurden geändert. Holen Sie neue Zugangsdaten.',
    cleared: 'Gelöscht.',
    clearedOn: 'Gelöscht am {{day}}.',
    clearedBy: 'Gelöscht von {{user}} am {{day}}.',
    failing: '{{problem}}.',
    failingOften: '{{problem}} ({{attempts}} Versuche).',
    lastTokenUntil: 'Das letzte Token wird bis {{time}} verwendet.',
    expired:
      'Abgelaufen: {{time}}. Der Anbieter hat kein Refresh Token ausgestellt.',
    expiredSecret: 'Abgelaufen: {{time}}. Geben Sie ein neues Geheimnis ein.',
    validSecret: 'Gültig bis {{time}}, danach ist ein neues Geheimnis nötig',
    validRenewable: 'Gültig bis {{time}}, wird automatisch erneuert',
    validFinal: 'Gültig bis {{time}}, dann muss jemand handeln',
    noExpiry: 'Kein Ablauf angegeben',
    signedOnUse: 'Ein neues JWT wird signiert, sobald eines gebraucht wird',
    renewsOnUse: 'Wird bei der nächsten Nutzung erneuert.',
    requestedOnUse:
      'Die Einstellungen wurden geändert. Die nächste Nutzung fordert ein neues Token an.',
    requestChanged:
      'Die gespeicherten Scopes oder Parameter weichen von den bewilligten ab.',
  },
  settings: {
    scopeCharacters:
      'Ein Scope enthält Leerzeichen, Anführungszeichen, Backslashes oder Buchstaben außerhalb von ASCII.',
    resourceNotUri:
      'Eine Ressource ist keine absolute URI ohne Fragment (RFC 8707).',
    responseTypeWithToken:
      'Ein Antworttyp mit Token würde es in den Browser bringen. Verwenden Sie code.',
    clientIdMissing: 'Die Client-ID fehlt.',
    authorizeUrlMissing: 'Die Authorize-URL fehlt.',
    authorizeUrlOrClientIdMissing:
      'Die Authorize-URL oder die Client-ID fehlt.',
    authorizeUrlFragment: 'Die Authorize-URL darf kein Fragment haben.',
    codeVerifierInvalid:
      'PKCE ist eingeschaltet, aber es gibt keinen Code Verifier aus 43 bis 128 nicht reservierten Zeichen.',
    tokenUrlMissing: 'Die Token-URL fehlt.',
    personRequired: 'Diesen Grant muss jemand genehmigen.',
    assertionIncomplete:
      'Der Schlüssel oder der Aussteller der Assertion fehlt.',
    passwordMissing: 'Benutzername oder Passwort fehlt.',
    bodySecretMissing:
      'Die Client-Authentifizierung im Anfragetext braucht ein Client-Secret. Geben Sie es ein oder wählen Sie eine andere Client-Authentifizierung.',
    basicUsernameColon:
      'Der Benutzername für Basic enthält einen Doppelpunkt, der ihn beenden würde (RFC 7617). Entfernen Sie den Doppelpunkt.',
    basicSecretMissing:
      'Die Basic-Client-Authentifizierung braucht ein Client-Secret. Geben Sie es ein oder wählen Sie eine andere Client-Authentifizierung.',
    jwtSecretMissing:
      'Die Client-Authentifizierung client_secret_jwt braucht eine Client-ID und ein Client-Secret.',
    privateKeyMissing:
      'Die Client-Authentifizierung mit signierter Assertion braucht eine Client-ID und einen privaten Schlüssel.',
    privateKeyEncrypted:
      'Der private Schlüssel ist verschlüsselt. Geben Sie seine Passphrase ein oder einen Schlüssel ohne Passphrase.',
    privateKeyUnreadable:
      'Der private Schlüssel ist nicht als Schlüssel für {{algorithm}} lesbar. Geben Sie einen passenden als PEM oder JWK ein.',
    privateKeyFile:
      'Dies ist eine Schlüsseldatei. Geben Sie hier nur ihren privaten Schlüssel ein und die übrigen Werte in deren Felder.',
    passphraseWrong:
      'Der private Schlüssel lässt sich mit dieser Passphrase nicht entschlüsseln. Geben Sie beide erneut ein.',
    sharedSecretIsKey:
      '{{algorithm}} braucht ein gemeinsames Geheimnis, und dies ist ein Schlüssel im Format PEM oder JWK. Geben Sie das Geheimnis ein oder wählen Sie einen Algorithmus wie RS256.',
    sharedSecretShort:
      'Das gemeinsame Geheimnis ist zu kurz für {{algorithm}}, das mindestens {{bytes}} Bytes braucht (RFC 7518). Geben Sie ein längeres ein und prüfen Sie seine Codierung.',
    algorithmNeedsSecret:
      '{{algorithm}} braucht keinen privaten Schlüssel. Wählen Sie einen Algorithmus wie RS256 oder die Client-Authentifizierung client_secret_jwt.',
    clientCertificateMissing:
      'Mutual TLS braucht ein Client-Zertifikat und seinen privaten Schlüssel. Geben Sie beide ein.',
    clientKeyUnreadable:
      'Der Schlüssel des Client-Zertifikats ist nicht lesbar. Geben Sie ihn im Format PEM ein, mit seinen Zeilen BEGIN und END.',
    clientCertificateExpired:
      'Das Client-Zertifikat ist abgelaufen ({{day}}). Geben Sie ein neues Zertifikat und seinen privaten Schlüssel ein.',
    certificateUnreadable:
      'Das Zertifikat ist nicht lesbar. Geben Sie es im Format PEM ein, mit seinen Zeilen BEGIN und END.',
    certificateOfOtherKey:
      'Das Zertifikat gehört zu einem anderen privaten Schlüssel. Geben Sie das Zertifikat dieses Schlüssels vor dem Rest seiner Kette ein.',
    fileMissingInSettings:
      'Diese Client-Authentifizierung sendet eine Assertion aus einer Datei. Wählen Sie eine Datei aus datasourceAuth.files.',
    fileUnknown:
      'Die Datei „{{file}}“ ist nicht konfiguriert. Wählen Sie eine andere oder fügen Sie sie zu datasourceAuth.files hinzu.',
    fileForAssertions:
      'Die Datei „{{file}}“ ist für Client-Assertions. Wählen Sie eine Datei mit „for: bearer“.',
    fileForBearer:
      'Die Datei „{{file}}“ ist für Bearer-Tokens. Wählen Sie eine Datei mit „for: client_assertion“.',
    fileOfOtherDatasource:
      'Die Datei „{{file}}“ ist nicht für die Datenquelle „{{datasource}}“. Wählen Sie eine andere oder fügen Sie die Datenquelle zu datasourceAuth.files.{{file}}.datasources hinzu.',
    fileForOtherOrigin:
      'Die Datei „{{file}}“ darf nicht an {{origin}} gesendet werden. Korrigieren Sie die URL oder fügen Sie diesen Origin zu datasourceAuth.files.{{file}}.origins hinzu.',
    fileNeedsBaseUrl:
      'Die Datei „{{file}}“ wird nur an die API gesendet. Geben Sie eine Basis-URL ein, mit den Werten ihrer Vorlagen.',
    fileMissing:
      'Die Datei „{{file}}“ existiert nicht. Binden Sie sie unter dem Pfad in datasourceAuth.files.{{file}}.path ein oder korrigieren Sie ihn.',
    fileUnreadable:
      'Die Datei „{{file}}“ ist nicht lesbar ({{code}}). Prüfen Sie ihre Rechte und ihre Einbindung.',
    fileIsFolder:
      'Der Pfad der Datei „{{file}}“ ist ein Ordner. Setzen Sie datasourceAuth.files.{{file}}.path auf eine Datei darin.',
    fileNotRegular:
      'Die Datei „{{file}}“ ist eine Pipe, ein Socket oder ein Gerät. Setzen Sie datasourceAuth.files.{{file}}.path auf eine reguläre Datei.',
    fileLeadsElsewhere:
      'Die Datei „{{file}}“ ist ein Link aus ihrem Ordner hinaus. Setzen Sie datasourceAuth.files.{{file}}.path auf die Datei selbst.',
    fileTooLarge:
      'Die Datei „{{file}}“ ist größer als 16 KiB und daher kein Token. Korrigieren Sie datasourceAuth.files.{{file}}.path.',
    fileEmpty:
      'Die Datei „{{file}}“ ist leer. Prüfen Sie, was das Token in diese Datei schreibt.',
    fileNotOneLine:
      'Die Datei „{{file}}“ besteht nicht aus einer Zeile ohne Leerzeichen. Schreiben Sie nur das Token hinein.',
    fileNotAssertion:
      'Die Datei „{{file}}“ enthält kein signiertes JWT mit Ablaufzeit. Schreiben Sie das Token der Workload-Identität hinein.',
    fileExpired:
      'Das Token in der Datei „{{file}}“ ist abgelaufen. Prüfen Sie, was diese Datei erneuert.',
    keyAndSigner:
      'Die Assertion hat einen Schlüssel und einen Signierer. Entfernen Sie einen davon.',
    signerUnknown:
      'Es gibt keinen Signierer „{{signer}}“. Wählen Sie einen anderen oder installieren Sie das Modul, das ihn registriert.',
    signerNeedsBaseUrl:
      'Der Signierer „{{signer}}“ muss wissen, wohin das JWT geht. Geben Sie eine Basis-URL ein, mit den Werten ihrer Vorlagen.',
    signerOfOtherDatasource:
      'Der Signierer „{{signer}}“ ist nicht für die Datenquelle „{{datasource}}“. Wählen Sie einen anderen oder lassen Sie sein Modul die Datenquelle hinzufügen.',
    signerForOtherOrigin:
      'Der Signierer „{{signer}}“ signiert nichts, was an {{origin}} gesendet wird. Korrigieren Sie die URL oder lassen Sie sein Modul diesen Origin hinzufügen.',
    signerForOtherAudience:
      'Der Signierer „{{signer}}“ signiert nicht für diese Audience. Korrigieren Sie sie oder lassen Sie sein Modul sie hinzufügen.',
    signerAlgorithm:
      'Der Signierer „{{signer}}“ hat einen privaten Schlüssel, und {{algorithm}} braucht ein gemeinsames Geheimnis. Wählen Sie einen Algorithmus wie RS256.',
    signerFailed:
      'Der Signierer „{{signer}}“ ist fehlgeschlagen. Prüfen Sie das Log seines Moduls und sein Schlüsselverwaltungssystem.',
    signerTimeout:
      'Der Signierer „{{signer}}“ hat nicht rechtzeitig geantwortet. Prüfen Sie sein Schlüsselverwaltungssystem.',
    signerSignature:
      'Der Signierer „{{signer}}“ hat keine Signatur für {{algorithm}} nach RFC 7518 zurückgegeben. Korrigieren Sie sein Modul.',
    parameterTwice:
      'Die Parameter „{{first}}“ und „{{second}}“ würden beide als „{{name}}“ gesendet.',
    headerCharacters:
      'Der Header „{{name}}“ enthält ungültige Zeichen. Entfernen Sie Zeilenumbrüche, Steuerzeichen und alles außerhalb von Latin-1.',
    urlScheme: 'Eine URL mit Vorlagen muss mit https:// beginnen.',
    urlInvalid:
      'Eine URL ist ungültig, nachdem ihre Vorlagen ausgefüllt sind. Prüfen Sie die Instanzwerte.',
    urlHostChanged:
      'Der Wert einer Vorlage würde den Host einer URL ändern. Prüfen Sie die Instanzwerte.',
    templateEmpty:
      'Die Vorlage {{template}} in einer URL hat einen leeren Wert. Füllen Sie ihn aus.',
    templateNotForHost:
      '{{template}} darf nicht Teil eines Hosts sein. Verwenden Sie einen Wert {{allowed}}.',
    templateHostCharacters:
      'Der Wert von {{template}} darf nicht Teil eines Hosts sein. Verwenden Sie nur Buchstaben, Ziffern, Punkte und Bindestriche.',
    authorityInvalid:
      'Der Wert von {{template}} ist kein Host. Geben Sie einen Host ein, bei Bedarf mit Port und Pfad, zum Beispiel: jira.example.com:8443/context.',
    keptHostUnknown:
      'Der Wert von {{template}} gehört nicht zu den Hosts, die er wählen darf. Fügen Sie den Host bei diesem behaltenen Wert hinzu, wenn Sie ihm vertrauen.',
    templatePathChanged:
      'Der Wert von {{template}} würde den Pfad einer URL ändern. Entfernen Sie die Segmente . und ...',
    instanceValueMissing:
      'Die Vorlage {{template}} hat keinen Wert. Füllen Sie das Instanzfeld „{{name}}“ aus.',
    templateUnknown:
      'Die Vorlage {{template}} ist hier unbekannt oder hat noch keinen Wert. Korrigieren oder entfernen Sie sie.',
    issuerNotUrl:
      'Der Aussteller ist keine URL wie https://login.example.com, ohne Query.',
    issuerTemplate:
      'Geben Sie im Aussteller Ihren eigenen Wert anstelle von {{template}} ein.',
  },
  egress: {
    urlInvalid: 'Dies ist keine URL.',
    enterUrl: 'Geben Sie eine absolute URL wie https://example.com/token ein.',
    schemeForbidden: 'Das Schema „{{scheme}}“ ist nicht erlaubt.',
    useHttps: 'Verwenden Sie eine URL, die mit https:// beginnt.',
    hasCredentials:
      'Die URL von „{{host}}“ enthält einen Benutzernamen oder ein Passwort.',
    removeCredentials: 'Entfernen Sie die Angabe.',
    notListed:
      '„{{host}}“ gehört nicht zu den Hosts, die dieses Backstage erreichen darf.',
    notPublic: '„{{host}}“ ist keine öffentliche Adresse.',
    notEncrypted: '„{{host}}“ würde unverschlüsselt aufgerufen.',
    notPublicAddress:
      '„{{host}}“ wird zu {{address}} aufgelöst, was keine öffentliche Adresse ist.',
    neverCalled:
      '„{{host}}“ wird zu {{address}} aufgelöst, einer Link-Local- oder Metadaten-Adresse. Diese werden nie aufgerufen.',
    enterPublic: 'Geben Sie die öffentliche Adresse des Anbieters ein.',
    addHost:
      'Wenn Sie diesem Host vertrauen, bitten Sie einen Betreiber, „{{host}}“ hier hinzuzufügen: {{settings}}.',
    addPrivateHost:
      'Hat er eine private Adresse, ist er auch hier hinzuzufügen: {{setting}}.',
  },
  verification: {
    tokenThere: 'Ein Token ist vorhanden.',
    noCredentialStaged:
      'Es gibt keine Zugangsdaten zum Testen. Holen Sie neue.',
    settingsComplete: 'Sie sind vollständig.',
    noTestPath:
      'Es wurde nichts aufgerufen, weil kein Testpfad festgelegt ist. Legen Sie einen fest, etwa /me.',
    noBaseUrl:
      'Es wurde nichts aufgerufen, weil keine Basis-URL festgelegt ist. Legen Sie eine fest und dazu einen Testpfad.',
    baseUrlUnusable:
      'Die Basis-URL hat eine Vorlage ohne verwendbaren Wert, daher wurde nichts aufgerufen. Prüfen Sie sie und die Instanzwerte.',
    callSucceeded: '{{path}} hat 200 zurückgegeben.',
    callFailed: '{{path}} hat {{status}} zurückgegeben. Erwartet: 200.',
    callTokenExpired:
      '{{path}} hat {{status}} zurückgegeben, und laut der Antwort ist das Token abgelaufen. Holen Sie neue Zugangsdaten.',
    callUnauthorized:
      '{{path}} hat 401 zurückgegeben. Die API akzeptiert das Token nicht. Prüfen Sie die Audience und holen Sie neue Zugangsdaten.',
    callRejected:
      '{{path}} hat 401 zurückgegeben. Die API akzeptiert den Schlüssel oder das Passwort der Einstellungen nicht. Prüfen Sie den Wert.',
    callForbidden:
      '{{path}} hat 403 zurückgegeben. Dem Token fehlt eine Berechtigung. Prüfen Sie die Scopes.',
    callNotFound:
      '{{path}} hat 404 zurückgegeben. Prüfen Sie Basis-URL und Testpfad.',
    callValueUnknown:
      '{{path}} hat 404 zurückgegeben. Den Wert „{{value}}“ für „{{name}}“ gibt es vermutlich nicht.',
    hostUnreachable: '{{host}} ist nicht erreichbar.',
    rotated:
      'Die Erneuerung funktioniert. Der Anbieter hat ein neues Refresh Token ausgestellt.',
    unchanged:
      'Die Erneuerung funktioniert. Das Refresh Token ist unverändert.',
    renewed:
      'Die Erneuerung funktioniert. Ein neues Access Token wurde ausgestellt.',
    nothingToRefresh:
      'Nichts zu erneuern: Jeder Aufruf wird mit dem gesendet, was die Einstellungen enthalten.',
    refreshFailed: 'Die Erneuerung ist fehlgeschlagen.',
    noRefreshToken:
      'Es wurde kein Refresh Token ausgestellt: Ab dem Ablauf des Tokens funktioniert dies nicht mehr.',
    noRefreshTokenUntil:
      'Es wurde kein Refresh Token ausgestellt: Dies funktioniert nur bis {{time}}.',
    requestOfflineAccess:
      'Fordern Sie ein Refresh Token so an, wie der Anbieter es dokumentiert, oft mit dem Scope offline_access oder einem Parameter, und holen Sie neue Zugangsdaten.',
    requestByParameter:
      'Fordern Sie ein Refresh Token so an, wie der Anbieter es dokumentiert, oft mit einem Parameter, und holen Sie neue Zugangsdaten.',
  },
  name: {
    client: 'den Client',
    clientWithId: 'den Client „{{id}}“',
    empty: 'ein leerer Wert',
    noScopes: 'keine',
    thisGrant: 'dieser Grant',
    grant: {
      authorization_code: 'Authorization Code',
      client_credentials: 'Client Credentials',
      jwt_bearer: 'JWT Bearer',
      password: 'Passwort',
    },
    tokenEndpoint: 'Token-Endpunkt',
    furtherEndpoint: 'Endpunkt der weiteren Anfrage',
    furtherUrl: 'URL der weiteren Anfrage',
    pushEndpoint: 'Endpunkt für Pushed Authorization Requests',
    revocationEndpoint: 'Widerrufsendpunkt',
    metadataEndpoint: 'Metadaten-Endpunkt',
    tokenUrl: 'Token-URL',
    refreshUrl: 'Refresh-URL',
    pushUrl: 'URL für Pushed Authorization Requests',
    revocationUrl: 'Widerrufs-URL',
    issuer: 'Aussteller',
    fewMinutes: 'einige Minuten',
    seconds_one: '{{count}} Sekunde',
    seconds_other: '{{count}} Sekunden',
    minutes_one: '{{count}} Minute',
    minutes_other: '{{count}} Minuten',
    hours_one: '{{count}} Stunde',
    hours_other: '{{count}} Stunden',
    days_one: '{{count}} Tag',
    days_other: '{{count}} Tage',
    noResponse: 'keine rechtzeitige Antwort',
    largeResponse: 'zu große Antwort',
    unreadableResponse: 'nicht lesbare Antwort',
    lostConnection: 'Verbindung verloren',
    status: '{{status}}',
    redirect: '{{status}} nach {{location}}',
    webPage: '200 mit einer Webseite',
    emptyBody: '200 ohne Inhalt',
    noIssuer: '200 ohne Aussteller',
  },
};
