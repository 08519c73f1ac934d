import {
  helpMessages as englishHelp,
  kindHelpMessages as englishKindHelp,
  omitMessages as englishOmissions,
} from '../fieldMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';
import {
  assertionHelp,
  assertionHelpOfJwt,
  assertionOmissions,
} from './assertionMessages';

export const helpMessages: Translated<typeof englishHelp> = {
  name: 'Plugins verwenden diesen Namen. Er lässt sich später nicht ändern.',
  description: 'Beschreiben Sie Zweck und Umgebung der Datenquelle.',
  subjects:
    'Mit eigenen Zugangsdaten handelt ein Plugin als die Person, die es benutzt. Jede Person verbindet einmal ein Konto oder gibt ihre geheimen Werte selbst ein: Lassen Sie diese hier leer.',
  consumers:
    'Plugins, die diese Datenquelle verwenden. Keines, bis Sie wählen.',
  owner:
    'Benutzer oder Gruppe, die benachrichtigt wird, wenn jemand handeln muss, zum Beispiel: group:default/platform.',
  baseUrl: 'Backstage sendet die Zugangsdaten nur an URLs unterhalb dieser.',
  allowedHosts:
    'Hosts außer der Basis-URL, durch Leerzeichen getrennt, als Host oder Host:Port.',
  testPath:
    '„Verbindung testen“ ruft diesen Pfad unterhalb der Basis-URL mit GET auf und erwartet 200, zum Beispiel: /me. Enthält der Pfad %2F, fügen Sie danach encodedSlash an.',
  issuer:
    'Optional. Sie finden ihn in der OpenID-Connect-Dokumentation des Anbieters.',
  staticHeaders: 'Zum Beispiel: X-API-Key. Auch Authorization ist möglich.',
  staticQuery: 'Für APIs, die den Schlüssel aus der URL lesen.',
  bearerFile:
    'Statt des Tokens: der Name einer Datei, die unter datasourceAuth.files konfiguriert ist.',
  staticExpiresAt:
    'Optional. Gültig bis zum Ende dieses Tages (UTC). Backstage warnt Sie vorher.',
  clientSecretExpiresAt: 'Optional. Backstage warnt Sie vor diesem Datum.',
  authorizeUrl: 'Endet meist auf /authorize',
  tokenUrl: 'Endet meist auf /token',
  scopes: 'Optional. Trennen Sie Scopes durch Leerzeichen.',
  authorizeParams:
    'Werden an die Authorize-URL gesendet, zum Beispiel: access_type=offline. Vorlagen wie [[instance.tenant]] werden ausgefüllt.',
  authorizeRename:
    'Geben Sie den Standardnamen und den Namen des Anbieters ein. Bleibt der Name des Anbieters leer, entfällt der Parameter.',
  responseType: 'Nur für Anbieter, die einen anderen Wert als code verlangen.',
  pushedRequestUrl:
    'Für Anbieter, die die Autorisierungsanfrage erhalten, bevor sich der Browser öffnet (RFC 9126).',
  scopeSeparator:
    'Zeichen zwischen Scopes. Verwenden Sie ein Leerzeichen, wenn der Anbieter kein anderes verlangt.',
  resource:
    'Bezeichner der gewünschten APIs (RFC 8707), durch Leerzeichen getrennt.',
  audience: 'Für Anbieter, die eine Audience statt einer Ressource verlangen.',
  redirectUri:
    'Verwenden Sie eine eigene Redirect-URI, wenn der Anbieter seinen Aussteller nicht sendet. Das verhindert Mix-up-Angriffe.',
  callbackKeep:
    'Zum Beispiel realmId. Plugins erhalten diese Werte mit dem Token.',
  clientAuthentication: 'Wie sich Backstage an der Token-URL authentifiziert.',
  senderConstraint:
    'Ein gestohlenes Token ist ohne diesen Schlüssel nutzlos. Bei Mutual TLS (RFC 8705) ist es das Client-Zertifikat; bei DPoP (RFC 9449) erstellt Backstage einen Schlüssel für jede Berechtigung. Anbieter und API müssen es unterstützen. Plugins rufen die API dann über das Backend auf.',
  clientCertificate:
    'PEM, gefolgt von seiner Kette. Nur für APIs und Anbieter, die mTLS verlangen.',
  clientCertificateKey:
    'PEM. Plugins rufen die API dann über das Backend auf, weil nur dieses den Schlüssel hat.',
  clientCertificatePassphrase: 'Nur für einen verschlüsselten Schlüssel.',
  privateKey:
    'PEM (PKCS#8) oder JWK. Wird zum Signieren verwendet, nie gesendet.',
  tokenMethod:
    'GET schreibt Geheimnisse in die URL. Verwenden Sie es nur, wenn der Anbieter es verlangt.',
  tokenRename: 'Geben Sie den Standardnamen und den Namen des Anbieters ein.',
  tokenBody:
    'Ersetzt alle Parameter, mit Vorlagen wie [[clientId]], [[clientSecret]], [[code]] und [[instance.tenant]].',
  tokenAuthorization:
    'Ersetzt die Client-Authentifizierung, zum Beispiel: Bearer [[assertion]]. Geheimnisse gehören in Instanzwerte und von dort in Vorlagen.',
  tokenBasicUsername:
    'Für Anbieter, die bei Basic andere Werte als Client-ID und Secret erwarten, zum Beispiel: [[instance.account]].',
  tokenGrantType:
    'Nur für Anbieter, die einen anderen Wert von grant_type verlangen.',
  thenUrl:
    'Für Anbieter, die das Token erst auf eine zweite Anfrage zurückgeben, die der Token-Anfrage folgt.',
  thenParams:
    'Felder der ersten Antwort stehen als Vorlagen bereit, zum Beispiel: [[answer.session.id]].',
  thenAuthorization: 'Zum Beispiel: Bearer [[answer.token]].',
  thenBody: 'Ersetzt alle Parameter.',
  connectMs:
    'Zeit für Verbindungsaufbau und Senden, über alle Adressen des Hosts. Standard: 10000.',
  responseMs:
    'Zeit, bis die Antwort vollständig ist. Leer: 15 s bis zum ersten Byte und 50 s insgesamt.',
  refreshUrl: 'Leer: die Token-URL.',
  refreshClientAuthentication: 'Leer: wie in der Token-Anfrage.',
  refreshBody:
    'Ersetzt alle Parameter, mit [[refreshToken]]. Leer: die üblichen Parameter werden gesendet.',
  refreshThenUrl:
    'Für Anbieter, die das Token erst auf eine zweite Anfrage zurückgeben, die dem Erneuern folgt.',
  refreshThenParams:
    'Felder der Antwort auf das Erneuern stehen als Vorlagen bereit, zum Beispiel: [[answer.session.id]].',
  refreshThenAuthorization: 'Zum Beispiel: Bearer [[answer.token]].',
  refreshThenBody: 'Ersetzt alle Parameter.',
  refreshKeepsAccessToken:
    'Für Anbieter, die einen neuen Ablauf und kein neues Token zurückgeben. Ohne Refresh Token gehört [[token.accessToken]] in die Parameter beim Erneuern.',
  refreshScopes:
    'Ersetzen die Scopes von oben. Trennen Sie Scopes durch Leerzeichen.',
  refreshParams:
    'Ersetzen die zusätzlichen Token-Parameter. Leer: diese werden gesendet.',
  refreshGrantType:
    'Nur für Anbieter, die einen anderen Wert als refresh_token verlangen.',
  idleDays: 'Hält Refresh Tokens gültig, die ohne Nutzung ablaufen.',
  defaultLifetimeSeconds: 'Gilt, wenn die Token-Antwort keinen Ablauf nennt.',
  accessTokenPath:
    'Pfade mit Punkten sind möglich, zum Beispiel: data.access_token. $ steht für die ganze Antwort.',
  expiresAtPath:
    'Für Anbieter, die einen Zeitpunkt statt einer Dauer zurückgeben.',
  successPath:
    'Für Anbieter, die Fehler mit Status 200 zurückgeben. Das Token wird nur akzeptiert, wenn dieses Feld den Wert bei Erfolg hat.',
  responseKeep:
    'Zum Beispiel instance_url. Nur aufgeführte Felder werden weitergegeben. Tokens lassen sich nicht aufführen.',
  responseKeepHosts:
    'JSON. Für URLs, deren Host [[kept.api_domain]] ist, zum Beispiel: {"api_domain": ["api.example.com", "*.example.com"]}.',
  rejectedStatuses:
    'Gibt die API einen dieser Codes zurück, holt Backstage einmal ein anderes Token.',
  apiHeaders:
    'Werden mit jedem Aufruf der API gesendet, zum Beispiel: X-Api-Version=2. Markieren Sie Schlüssel als geheim.',
  apiQuery:
    'Werden an jeden Aufruf der API angehängt, zum Beispiel: api_key. Markieren Sie Schlüssel als geheim.',
  apiExpiredPath:
    'Für APIs, die bei abgelaufenen Zugangsdaten den Status 200 zurückgeben, zum Beispiel: error.code. Backstage verhält sich dann wie bei den Statuscodes unten.',
  instance:
    'Werte für Vorlagen in URLs und Parametern, etwa tenant für [[instance.tenant]].',
  tags: 'Optional. Trennen Sie Tags durch Kommas.',
  headerName: 'Der Header, in dem die API das Token erwartet.',
  headerPrefix: 'Das Wort vor dem Token. Leer: nur das Token.',
  requireIss:
    'Für Anbieter, die RFC 9207 unterstützen. Verhindert Mix-up-Angriffe.',
  codeParam:
    'Nur für Anbieter, die den Code unter einem anderen Namen zurückgeben.',
  stateParam:
    'Nur für Anbieter, die den State unter einem anderen Namen zurückgeben.',
  pkce: 'Schützt den Autorisierungscode. Schalten Sie es nur aus, wenn der Anbieter es ablehnt.',
  revokeUrl: 'Wird aufgerufen, wenn Sie die Tokens widerrufen lassen.',
  apiExpiredEquals: 'Trennen Sie Werte durch Kommas.',
  tokenParams:
    'Werden an die Token-URL gesendet. Vorlagen wie [[instance.tenant]] werden ausgefüllt.',
  assertionKeyId:
    'Optional. Wird als kid gesendet, damit der Anbieter den öffentlichen Schlüssel findet.',
  keyId:
    'Optional. Wird als kid gesendet, damit der Anbieter den öffentlichen Schlüssel findet.',
  gatewayRoutes:
    'Eine Route pro Zeile, zum Beispiel: GET,POST /path. Ohne Routen ist das Gateway geschlossen. Um %2F zu erlauben, fügen Sie encodedSlash an: GET /projects/:id encodedSlash.',
  ...assertionHelp,
};

export const kindHelpMessages: Translated<typeof englishKindHelp> = {
  static: {
    rejectedStatuses:
      'Gibt die API einen dieser Codes zurück, prüft Backstage mit dem Testpfad, ob die Zugangsdaten noch gelten.',
  },
  jwt: {
    rejectedStatuses:
      'Gibt die API einen dieser Codes zurück, signiert Backstage einmal ein anderes JWT.',
    ...assertionHelpOfJwt,
  },
  none: {
    baseUrl: 'Backstage ruft nur URLs unterhalb dieser auf.',
  },
};

export const omitMessages: Translated<typeof englishOmissions> = {
  clientId:
    'Keine Client-ID: nur das Secret senden, als Benutzername des Basic-Headers',
  tokenGrantType: 'Parameter grant_type weglassen',
  refreshParams: 'Zusätzliche Parameter beim Erneuern weglassen',
  refreshGrantType: 'Parameter grant_type beim Erneuern weglassen',
  ...assertionOmissions,
};
