import { MESSAGES } from 'backstage-plugin-datasource-auth-common';
import { Translated } from '../Translated';

/** What is wrong with a value in a setting or a request, and what to enter. */
export const faultMessages: Translated<typeof MESSAGES.fault> = {
  missing: 'Geben Sie einen Wert ein.',
  unsupported: 'Dieser Wert wird hier nicht unterstützt.',
  text: 'Geben Sie einen Text ein.',
  number: 'Geben Sie eine Zahl ein.',
  wholeNumber: 'Geben Sie eine ganze Zahl ein.',
  boolean: 'Geben Sie true oder false ein.',
  list: 'Geben Sie eine Liste ein.',
  object: 'Geben Sie ein Objekt ein.',
  onlyValue: 'Geben Sie {{value}} ein.',
  oneOf: 'Geben Sie einen dieser Werte ein: {{values}}.',
  unknownKeys: 'Entfernen Sie unbekannte Felder: {{names}}.',
  tooLong: 'Geben Sie höchstens {{maximum}} Zeichen ein.',
  tooShort: 'Geben Sie mindestens {{minimum}} Zeichen ein.',
  tooMany: 'Geben Sie höchstens {{maximum}} Einträge ein.',
  tooFew_one: 'Geben Sie mindestens {{count}} Eintrag ein.',
  tooFew_other: 'Geben Sie mindestens {{count}} Einträge ein.',
  atMost: 'Geben Sie {{maximum}} oder weniger ein.',
  atLeast: 'Geben Sie {{minimum}} oder mehr ein.',
  lessThan: 'Geben Sie weniger als {{maximum}} ein.',
  moreThan: 'Geben Sie mehr als {{minimum}} ein.',
  date: 'Geben Sie ein Datum ein, zum Beispiel: 2030-01-31.',
  dateTime:
    'Geben Sie ein Datum ein, oder einen Zeitpunkt wie 2030-01-31T12:00:00Z.',
  uuid: 'Geben Sie eine UUID ein.',
  url: 'Geben Sie eine URL ein.',
  format: 'Dieser Wert hat nicht das erwartete Format.',
  nameMissing: 'Geben Sie einen Namen ein.',
  namePattern:
    'Verwenden Sie 1 bis 63 Kleinbuchstaben, Ziffern und Bindestriche. Beginnen und enden Sie mit einem Buchstaben oder einer Ziffer.',
  nameReserved: 'Dieser Name ist reserviert. Wählen Sie einen anderen.',
  nameTaken: 'Dieser Name ist vergeben.',
  nameDeclared: 'Dieser Name ist in app-config deklariert.',
  nameFixed: 'Der Name kann nicht geändert werden.',
  nameOther: 'Geben Sie „{{name}}“ ein.',
  datasourceName:
    'Geben Sie den Namen einer Datenquelle ein: 1 bis 63 Kleinbuchstaben, Ziffern und Bindestriche.',
  identifier: 'Verwenden Sie Buchstaben, Ziffern und Unterstriche.',
  controlCharacters: 'Entfernen Sie Steuerzeichen.',
  keyReserved: 'Geben Sie einen anderen Schlüssel ein. Dieser ist reserviert.',
  keyRepeated: '„{{name}}“ kommt zweimal vor.',
  urlAbsolute:
    'Geben Sie eine absolute URL ein, zum Beispiel: https://example.com/token.',
  urlCredentials: 'Entfernen Sie Benutzername und Passwort aus der URL.',
  urlFragment: 'Entfernen Sie das Fragment (alles nach #) aus der URL.',
  host: 'Geben Sie einen Host oder host:port ein, ohne Schema, Pfad oder Platzhalter.',
  hostOrDomain:
    'Geben Sie einen Host, host:port oder *. und eine Domain ein, zum Beispiel: *.example.com.',
  hostMissing: 'Geben Sie mindestens einen Host ein.',
  hostTemplate:
    'Verwenden Sie {{template}} nur direkt nach https:// in einer URL, gefolgt von einem Schrägstrich.',
  hostValue:
    'Geben Sie einen Host ein, bei Bedarf mit Port und Pfad, zum Beispiel: jira.example.com:8443/context. Entfernen Sie Schema, Benutzernamen, Punkte als Pfadsegmente und andere Zeichen.',
  hostSecret:
    'Ein Wert in einem Host kann nicht geheim sein. Geben Sie ihn als normalen Wert ein.',
  domainRegistrable:
    'Jeder kann einen Namen unter „{{domain}}“ registrieren. Geben Sie eine Domain ein, die dem Anbieter gehört.',
  keptMissing:
    'Fügen Sie „{{name}}“ zu den Feldern der Antwort hinzu, die behalten werden.',
  keptHostsExact:
    'Geben Sie genaue Hosts ein: Dorthin werden Geheimnisse gesendet. Nur eine Basis-URL ohne Geheimnisse kann *. und eine Domain haben.',
  testPath:
    'Geben Sie einen Pfad wie /me ein, der mit einem Schrägstrich beginnt.',
  pathRefused: 'Dieser Pfad wird abgelehnt: {{reason}}.',
  pluginId: 'Geben Sie eine Plugin-ID ein, zum Beispiel: techdocs.',
  fileName:
    'Geben Sie den Namen einer Datei in datasourceAuth.files oder eines Signers ein: Buchstaben, Ziffern, Bindestriche und Unterstriche.',
  scopeCharacters:
    'Geben Sie Scopes ohne Leerzeichen, Anführungszeichen, Backslashes und Zeichen außerhalb von ASCII ein.',
  scopeComma:
    'Trennen Sie Scopes durch Leerzeichen und entfernen Sie das Komma.',
  resourceUri: 'Geben Sie eine absolute URI ein (RFC 8707).',
  resourceFragment:
    'Entfernen Sie das Fragment (alles nach #) aus der Resource (RFC 8707).',
  responseType:
    'Geben Sie code ein. Andere Response-Typen senden Tokens durch den Browser.',
  passwordGrantDisabled: 'Der Password-Grant ist deaktiviert.',
  recipient:
    'Geben Sie einen Benutzer oder eine Gruppe ein, zum Beispiel: user:default/jane oder group:default/platform.',

  secretOneLine:
    'Geben Sie es in einer Zeile ein: Ein Zeilenumbruch oder ein anderes Steuerzeichen ist enthalten.',
  secretCharacters:
    'Geben Sie es so ein, wie die API es ausgestellt hat: Ein Zeichen ist enthalten, das in keinem Header stehen kann.',
  secretForOtherServer:
    'Geben Sie das Geheimnis erneut ein. Es wurde für {{hosts}} gespeichert und wird nicht an einen anderen Server gesendet.',
  basicUsername:
    'Entfernen Sie Doppelpunkt und Zeilenumbrüche: Ein Benutzername von Basic hat keine (RFC 7617).',
  personalEmpty: 'Gib einen Wert ein.',
  personalTemplate:
    'Gib den Wert selbst ein: Vorlagen werden hier nicht ausgefüllt.',
  personalOver: 'Gib ein Datum ein, das nicht vorbei ist.',
  personalUnknown: 'Diese Datenquelle hat keinen solchen Wert.',
  passwordOneLine: 'Geben Sie das Passwort in einer Zeile ein.',
  keyIsCertificate:
    'Das ist ein Zertifikat. Geben Sie hier seinen privaten Schlüssel ein (BEGIN PRIVATE KEY).',
  certificate:
    'Geben Sie nur Zertifikate im PEM-Format ein (BEGIN CERTIFICATE). Der private Schlüssel hat ein eigenes Feld.',
  signerAndKey:
    'Entfernen Sie den Signer oder den Schlüssel: Nur einer von beiden kann signieren.',
  assertionLifetime:
    'Eine Assertion kann höchstens 3600 Sekunden (eine Stunde) gültig sein.',
  claimReserved:
    'Backstage setzt den Claim „{{name}}“ selbst. Entfernen Sie ihn aus den Claims und verwenden Sie die Einstellung „{{setting}}“.',

  parameterReserved:
    'Backstage setzt „{{name}}“ selbst. Entfernen Sie es aus den zusätzlichen Parametern.',
  parameterInQuery:
    'Backstage setzt „{{name}}“ selbst. Entfernen Sie es aus der Query der URL.',
  parameterStandard:
    '„{{name}}“ ist ein Standardparameter. Geben Sie einen anderen Namen ein.',
  parameterProtects:
    '„{{name}}“ schützt den Austausch. Geben Sie dafür einen Namen ein.',
  parameterTemplate:
    'Geben Sie den Namen des Query-Parameters ohne Template ein.',
  headerName: 'Geben Sie einen gültigen Header-Namen ein.',
  headerNameOf: '„{{name}}“ ist kein gültiger Header-Name.',
  headerReserved:
    'Backstage setzt den Header „{{name}}“ selbst. Entfernen Sie ihn aus den zusätzlichen Headern.',
  headerValue: 'Entfernen Sie Steuerzeichen aus dem Wert des Headers.',
  authorizationTwice:
    'Entfernen Sie dies oder „{{other}}“: Beide werden im Header „Authorization“ gesendet.',
  authorizationOrBasic:
    'Entfernen Sie diese Einstellung oder „basic“: Beide setzen den Header Authorization.',
  authorizationByMethod:
    'Die Client-Authentifizierung „{{method}}“ setzt den Header Authorization bereits. Entfernen Sie diese Einstellung, oder wählen Sie eine andere Client-Authentifizierung, zum Beispiel none.',

  apiTooMany: 'Entfernen Sie einige: Höchstens {{maximum}} werden gesendet.',
  apiValueOneLine:
    'Der Wert von „{{name}}“ hat einen Zeilenumbruch oder ein anderes Steuerzeichen. Geben Sie ihn in einer Zeile ein.',
  apiNameRepeated:
    '„{{first}}“ und „{{name}}“ sind derselbe Name. Behalten Sie einen.',
  apiHeaderName:
    '„{{name}}“ ist kein Header-Name. Verwenden Sie Buchstaben, Ziffern und -.',
  apiHeaderPerCall:
    'Entfernen Sie „{{name}}“: Jeder Aufruf setzt diesen Header selbst.',
  apiHeaderCharacters:
    'Der Wert von „{{name}}“ hat ein Zeichen, das in Headern nicht erlaubt ist. Verwenden Sie nur Zeichen aus Latin-1.',
  apiHeaderCredential:
    'Entfernen Sie „{{name}}“: Die Zugangsdaten werden in diesem Header gesendet. Um beide zu senden, wählen Sie für die Zugangsdaten einen anderen Header.',
  apiHeaderDpop:
    'Entfernen Sie „{{name}}“: Mit DPoP setzt Backstage diesen Header für jeden Aufruf.',
  apiParameterInUrl:
    'Die Basis-URL hat den Parameter „{{name}}“ bereits. Entfernen Sie ihn dort oder hier.',
  apiParameterCredential:
    'Entfernen Sie „{{name}}“: Die Zugangsdaten werden in diesem Parameter gesendet.',

  connectionAlone:
    'Entferne settings, commit und authorizationId: Dein Konto wird mit der gespeicherten Datenquelle verbunden.',
  contextEntries: 'Gib 1 bis {{max}} benannte Werte ein.',
  subjectsUnapproved:
    'Wähle service: Nur Zugangsdaten, denen eine Person zustimmt oder die sie eingibt, können ihre eigenen sein.',
  subjectsNothing:
    'Markiere mindestens einen Wert der Zugangsdaten als geheim: Jede Person gibt die geheimen Werte ein. Oder wähle service.',
  subjectsFile:
    'Entferne die Datei oder wähle service: Ein Token aus einer Datei kann nicht das einer Person sein.',
  subjectsEntered: 'Entferne diesen Wert: Jede Person gibt ihren eigenen ein.',
  subjectsExpiry:
    'Entferne das Datum: Jede Person gibt ein, wann ihr eigenes Token abläuft.',
  subjectsConsumers:
    'Nenne die Plugins: „Alle Plugins“ ist nicht erlaubt, wo Personen ihre eigenen Konten verbinden.',

  senderConstraintMtls:
    'Wählen Sie „none“: Nur OAuth-2.0-Tokens können an ein Client-Zertifikat gebunden werden. Der API wird es in jedem Fall vorgelegt.',
  senderConstraintDpop:
    'Wählen Sie „none“: Nur OAuth-2.0-Tokens können mit DPoP gebunden werden.',
  dpopHeaderName:
    'Entfernen Sie diese Einstellung: Mit DPoP wird das Token in „Authorization“ gesendet (RFC 9449, Abschnitt 7.1).',
  dpopHeaderPrefix:
    'Entfernen Sie diese Einstellung: Mit DPoP wird das Token mit dem Schema „DPoP“ gesendet (RFC 9449, Abschnitt 7.1).',

  templateSecret:
    '{{template}} ist geheim und wäre hier sichtbar. Geben Sie es als normalen Wert ein, oder verwenden Sie es nur in Token-, Refresh-, Widerrufs-, Pushed-Authorization- und API-Anfragen.',
  templateUnsupported:
    'Geben Sie den Wert ein. Templates funktionieren hier nicht.',
  secretInBrowser:
    'Geben Sie einen normalen Wert oder eine Pushed-Authorization-Request-URL ein. Sonst würde der Browser dieses Geheimnis sehen.',

  responsePathReserved:
    'Geben Sie einen anderen Pfad ein. Dieser ist reserviert.',
  responseField:
    'Geben Sie den Namen eines Feldes ein. Nur das Access-Token kann die ganze Antwort sein.',
  credentialShown:
    'Entfernen Sie diese Eigenschaft. Zugangsdaten können nicht angezeigt oder weitergegeben werden.',

  bodyDeep: 'Verschachteln Sie den Body höchstens {{levels}} Ebenen tief.',
  bodyName: 'Geben Sie einen anderen Namen ein. Dieser ist reserviert.',
  bodyPart:
    'Geben Sie einen Text, eine Zahl, true oder false ein, oder entfernen Sie dies.',
  bodyTemplate:
    'Das Template {{template}} ist in einem Body unbekannt. Verwenden Sie {{known}}.',
  bodyLong: 'Kürzen Sie den Body auf höchstens 32 KiB.',
  bodyShape: 'Geben Sie den Body als JSON-Objekt oder -Liste ein.',
  bodyWithGet:
    'Eine GET-Anfrage hat keinen Body. Wählen Sie POST, oder entfernen Sie dies.',
  bodyWithQuery:
    'Der Content-Type schreibt alle Parameter in die URL. Wählen Sie json, oder entfernen Sie den Body.',
  bodyReplacesParameters:
    'Der Body wird anstelle aller Parameter gesendet. Verschieben Sie diese in den Body.',
  bodyReplacesClient:
    'Die Client-Authentifizierung „{{method}}“ sendet Parameter, und an ihrer Stelle wird der Body gesendet. Wählen Sie client_secret_basic, oder none mit {{templates}} im Body.',
  bodyProof:
    'Fügen Sie {{templates}} zum Body hinzu: Die Anfrage muss die Genehmigung beweisen.',
  bodyProofs:
    'Fügen Sie {{first}} und {{second}} zum Body hinzu: Die Anfrage muss die Genehmigung beweisen.',
  furtherUrl:
    'Geben Sie die URL der weiteren Anfrage ein, oder entfernen Sie den Rest.',
  furtherWithKept:
    'Ein Refresh, der das Access-Token behält, hat keine weitere Anfrage. Entfernen Sie eines von beiden.',
  furtherWithGrant:
    'Wo der Grant wiederholt wird, gibt es keinen Refresh. Geben Sie stattdessen die weitere Anfrage der Token-Anfrage ein.',
  keptTokenWithGrant:
    'Das Wiederholen des Grants liefert ein neues Access-Token und kann das alte nicht behalten. Entfernen Sie diese Einstellung oder den Refresh-Modus „grant“.',

  routeMethod: 'Geben Sie GET, HEAD, POST, PUT, PATCH oder DELETE ein.',
  routeMethodMissing: 'Geben Sie mindestens eine Methode ein.',
  routeSlash: 'Beginnen Sie den Pfad mit einem Schrägstrich.',
  routeQuery: 'Entfernen Sie die Query. Routen erlauben jede Query.',
  routeDoubleSlash: 'Entfernen Sie den doppelten Schrägstrich.',
  routeWildcardPlace:
    '„{{wildcard}}“ ist nur am Ende erlaubt. Verwenden Sie in der Mitte :name für ein Segment.',
  routeWildcardPart: 'Verwenden Sie „*“ nur für ein ganzes Segment.',
  routeDots: 'Entfernen Sie das Punktsegment.',
  routeParameter:
    'Geben Sie nach „:“ einen Namen aus Buchstaben, Ziffern und Unterstrichen ein.',
  routeCharacters:
    '„{{segment}}“ hat ein nicht unterstütztes Zeichen. Verwenden Sie :name für ein Segment, das codiert werden muss.',

  wayUnknown: 'Geben Sie Werte aus {{ways}} ein, durch Kommas getrennt.',
  commitWithSettings:
    'commit verwendet die gespeicherten Einstellungen. Lassen Sie settings weg.',
  commitWithoutDatasource: 'commit braucht datasource.',
  settingsOrDatasource: 'Geben Sie settings oder datasource ein.',
  documentSource: 'Geben Sie genau eines von document, url und entityRef ein.',
  valueMissing: 'Geben Sie mindestens einen Wert ein.',
};
