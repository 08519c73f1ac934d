import { MESSAGES } from 'backstage-plugin-datasource-auth-common';
import { Translated } from '../Translated';

const SIGN_IN = 'Der Anbieter verlangt Ihre Anmeldung';
const NO_TLS = 'Keine sichere Verbindung zu {{host}}';

/** Titles, causes and remedies of diagnoses. */
export const diagnosisMessages: Translated<(typeof MESSAGES)['diagnosis']> = {
  accessDenied: {
    title: 'Der Zugriff wurde nicht genehmigt',
    cause: 'Sie oder ein Administrator haben abgelehnt.',
    remedy:
      'Holen Sie neue Zugangsdaten und wählen Sie „Zulassen“. Sperrt Ihre Organisation die App, bitten Sie deren Administrator, {{client}} zu genehmigen.',
  },
  scopeRejected: {
    title: 'Der Anbieter hat einen Scope abgelehnt',
    cause: 'Angeforderte Scopes: {{scopes}}.',
    remedy:
      'Prüfen Sie die Schreibweise, trennen Sie Scopes durch Leerzeichen und entfernen Sie Scopes, für die die App nicht registriert ist.',
  },
  dpopProofRejected: {
    title: 'Der Anbieter hat den DPoP-Nachweis abgelehnt',
    cause:
      'Der Anbieter verlangt mit DPoP gebundene Tokens, seine Uhr weicht von der dieses Backends ab, oder ein Proxy ändert die Token-URL.',
    remedy:
      'Setzen Sie „Bindung der Tokens“ auf DPoP. Steht es schon dort, prüfen Sie die Token-URL und die Uhr dieses Backends.',
  },
  dpopNonceRejected: {
    title: 'Der Anbieter hat seine eigene DPoP-Nonce abgelehnt',
    cause:
      'Er hat eine Nonce verlangt und die aus seiner Antwort abgelehnt oder keine gesendet.',
    remedy:
      'Versuchen Sie es später erneut. Geschieht es wieder, melden Sie es dem Anbieter.',
  },
  scopeRequired: {
    title: 'Der Anbieter verlangt einen Scope',
    cause: 'Es wurde kein Scope angefordert.',
    remedy: 'Geben Sie einen Scope aus der Dokumentation des Anbieters ein.',
  },
  clientSecretRejected: {
    title: 'Client-ID oder Secret nicht akzeptiert',
    cause:
      'Client-ID oder Secret ist falsch oder abgelaufen, oder der Anbieter erwartet sie an anderer Stelle der Anfrage.',
    remedy:
      'Geben Sie das Client-Secret erneut ein, ohne Leerzeichen, und prüfen Sie, ob es abgelaufen ist. Stimmen beide, ändern Sie die Client-Authentifizierung: Der Anbieter erwartet sie vielleicht im Anfragetext statt im Basic-Header oder umgekehrt.',
  },
  clientSecretAloneRejected: {
    title: 'Client-Secret nicht akzeptiert',
    cause:
      'Das Secret ist falsch oder abgelaufen, oder der Anbieter verlangt auch eine Client-ID.',
    remedy:
      'Geben Sie das Client-Secret erneut ein, ohne Leerzeichen. Hat Ihnen der Anbieter eine Client-ID gegeben, geben Sie sie ein.',
  },
  privateKeyRejected: {
    title: 'Client-ID oder privater Schlüssel nicht akzeptiert',
    cause:
      'Client-ID, privater Schlüssel, Schlüssel-ID, Algorithmus oder Audience weicht von der Registrierung beim Anbieter ab.',
    remedy:
      'Prüfen Sie, ob der öffentliche Schlüssel dieses privaten Schlüssels beim Anbieter registriert ist. Prüfen Sie dann Client-ID, Schlüssel-ID, Algorithmus und Audience der signierten Assertion.',
  },
  certificateRejected: {
    title: 'Client-ID oder privater Schlüssel nicht akzeptiert',
    cause:
      'Client-ID, Zertifikat, Algorithmus oder Audience weicht von der Registrierung beim Anbieter ab.',
    remedy:
      'Prüfen Sie, ob dieses Zertifikat beim Anbieter registriert ist und zum privaten Schlüssel gehört. Prüfen Sie dann Client-ID, Algorithmus und Audience der signierten Assertion.',
  },
  fileRejected: {
    title: 'Assertion aus der Datei nicht akzeptiert',
    cause:
      'Der Anbieter vertraut Aussteller, Subject oder Audience dieser Assertion nicht, oder die Client-ID ist falsch.',
    remedy:
      'Prüfen Sie die föderierten Anmeldeinformationen beim Anbieter: Aussteller, Subject und Audience müssen die des Tokens in der Datei sein. Prüfen Sie dann die Client-ID.',
  },
  clientIdRejected: {
    title: 'Client-ID nicht akzeptiert',
    cause:
      'Die Client-ID ist falsch, oder der Anbieter verlangt eine Client-Authentifizierung.',
    remedy:
      'Prüfen Sie die Client-ID. Hat Ihnen der Anbieter ein Secret oder einen Schlüssel gegeben, wählen Sie die passende Client-Authentifizierung und geben Sie es ein.',
  },
  clientSecretExpired: {
    title: 'Das Client-Secret ist abgelaufen',
    cause:
      'Der Anbieter meldet, dass das Secret dieses Clients abgelaufen ist.',
    remedy:
      'Erstellen Sie beim Anbieter ein neues Client-Secret und geben Sie es hier ein. Die gespeicherten Zugangsdaten bleiben.',
  },
  privateKeyExpired: {
    title: 'Der private Schlüssel ist abgelaufen',
    cause:
      'Der Anbieter meldet, dass der private Schlüssel dieses Clients abgelaufen ist.',
    remedy:
      'Erstellen Sie beim Anbieter einen neuen privaten Schlüssel und geben Sie ihn hier ein. Die gespeicherten Zugangsdaten bleiben.',
  },
  certificateExpired: {
    title: 'Das Zertifikat ist abgelaufen',
    cause:
      'Der Anbieter meldet, dass das Zertifikat dieses Clients abgelaufen ist.',
    remedy:
      'Registrieren Sie beim Anbieter ein neues Zertifikat und geben Sie es hier samt privatem Schlüssel ein. Die gespeicherten Zugangsdaten bleiben.',
  },
  clientExpired: {
    title: 'Der Client ist abgelaufen',
    cause: 'Der Anbieter meldet, dass dieser Client abgelaufen ist.',
    remedy:
      'Erstellen Sie beim Anbieter einen neuen Client und geben Sie seine Client-ID hier ein. Die gespeicherten Zugangsdaten bleiben.',
  },
  redirectUriUnregistered: {
    title: 'Die Redirect-URI ist nicht registriert',
    cause:
      'Die Redirect-URI der Anfrage weicht von der beim Anbieter registrierten ab.',
    remedy:
      'Registrieren Sie beim Anbieter genau {{redirectUri}}. http oder https, der Port und ein abschließender Schrägstrich zählen.',
  },
  grantUnsupported: {
    title: 'Der Anbieter unterstützt diesen Grant nicht',
    cause: 'Der Token-Endpunkt kennt den Grant-Typ der Anfrage nicht.',
    remedy:
      'Prüfen Sie die Token-URL. Stimmt sie, wählen Sie einen anderen Grant; viele Mandanten deaktivieren den Passwort-Grant.',
  },
  resourceRejected: {
    title: 'Ressource oder Audience nicht akzeptiert',
    cause: 'Der Anbieter kennt die angeforderte Ressource oder Audience nicht.',
    remedy: 'Prüfen Sie Ressource und Audience unter „Erweitert“.',
  },
  providerProblem: {
    title: 'Der Anbieter hat ein Problem',
    cause: 'Der Anbieter hat einen eigenen Fehler gemeldet.',
    remedy:
      'Nichts wurde geändert. Versuchen Sie es in einigen Minuten erneut.',
  },
  tooManyRequests: {
    title: 'Vom Anbieter gedrosselt',
    cause: 'Der Anbieter hat in kurzer Zeit zu viele Anfragen erhalten.',
    remedy:
      'Nichts wurde geändert. Versuchen Sie es in einigen Minuten erneut.',
  },
  signInForbidden: {
    title: SIGN_IN,
    cause:
      'Sie müssen sich beim Anbieter anmelden, ein Konto wählen oder zustimmen, aber prompt=none verbietet seine Seite.',
    remedy:
      'Entfernen Sie prompt=none aus den zusätzlichen Authorize-Parametern und holen Sie neue Zugangsdaten.',
  },
  signInMissed: {
    title: SIGN_IN,
    cause:
      'Sie waren beim Anbieter nicht angemeldet oder haben dort kein Konto gewählt.',
    remedy: 'Holen Sie neue Zugangsdaten und melden Sie sich beim Anbieter an.',
  },
  signInRequired: {
    title: SIGN_IN,
    cause:
      'Der Anbieter stellt kein Token aus, bis sich jemand anmeldet oder zustimmt.',
    remedy: 'Holen Sie neue Zugangsdaten.',
  },
  secondFactorRequired: {
    title: SIGN_IN,
    cause:
      'Der Anbieter verlangt eine Zustimmung oder einen zweiten Faktor, und der Passwort-Grant hat dafür keine Seite.',
    remedy:
      'Verwenden Sie den Grant Authorization Code oder ein Konto, das beides nicht braucht.',
  },
  consentRequired: {
    title: 'Der Anbieter verlangt eine Zustimmung',
    cause: 'Ein Administrator beim Anbieter hat diesen Client nicht genehmigt.',
    remedy:
      'Bitten Sie einen Administrator beim Anbieter, {{client}} zu genehmigen.',
  },
  subjectConsentRequired: {
    title: 'Der Anbieter verlangt eine Zustimmung',
    cause: 'Ein Administrator beim Anbieter hat das Subjekt nicht genehmigt.',
    remedy:
      'Bitten Sie einen Administrator beim Anbieter, das Subjekt für {{client}} zu genehmigen.',
  },
  authorizeRequestRejected: {
    title: 'Der Anbieter hat die Autorisierungsanfrage abgelehnt',
    cause:
      'Ein Parameter fehlt, oder die Redirect-URI weicht von der registrierten ab.',
    remedy:
      'Vergleichen Sie die registrierte Redirect-URI mit {{redirectUri}} und suchen Sie nach einem Parameter, den der Anbieter verlangt.',
  },
  codeGrantForbidden: {
    title: 'Dieser Client darf diesen Grant nicht verwenden',
    cause: 'Die App darf den Grant Authorization Code nicht verwenden.',
    remedy:
      'Aktivieren Sie Authorization Code für die App beim Anbieter oder wählen Sie einen anderen Grant.',
  },
  codeGrantUnsupported: {
    title: 'Grant Authorization Code nicht unterstützt',
    cause: 'Der Server stellt keine Authorization Codes aus.',
    remedy:
      'Prüfen Sie die Authorize-URL. Stimmt sie, wählen Sie den Grant Client Credentials.',
  },
  tokenRequestIncomplete: {
    title: 'Token-Anfrage unvollständig',
    cause: 'Ein Parameter fehlt, oder der Anbieter akzeptiert einen nicht.',
    remedy:
      'Suchen Sie nach einem zusätzlichen Parameter, den der Anbieter verlangt, etwa audience, resource oder tenant.',
  },
  grantForbidden: {
    title: 'Grant für diesen Client nicht aktiviert',
    cause: 'Die App darf den Grant {{grant}} nicht verwenden.',
    remedy: 'Aktivieren Sie {{grant}} für die App beim Anbieter.',
  },
  refreshForbidden: {
    title: 'Erneuern für diesen Client nicht erlaubt',
    cause:
      'Der Client darf keine Refresh Tokens verwenden, oder seine Client-Authentifizierung gilt nicht mehr.',
    remedy:
      'Aktivieren Sie den Refresh-Token-Grant für den Client beim Anbieter und prüfen Sie seine Client-Authentifizierung.',
  },
  refreshTokenRejected: {
    title: '„{{name}}“ muss erneut autorisiert werden',
    cause:
      'Der Anbieter akzeptiert das gespeicherte Refresh Token nicht mehr: Es ist abgelaufen, wurde widerrufen oder anderswo verwendet, oder ein Passwort wurde geändert.',
    remedy:
      'Holen Sie neue Zugangsdaten oder bitten Sie jemand anderen um Genehmigung.',
  },
  codeRejected: {
    title: 'Der Authorization Code wurde abgelehnt',
    cause:
      'Codes gelten einmal und etwa eine Minute lang, und die Redirect-URI muss in beiden Anfragen gleich sein.',
    remedy: 'Holen Sie neue Zugangsdaten.',
  },
  clientGrantRejected: {
    title: 'Der Anbieter hat den Grant abgelehnt',
    cause: 'Der Anbieter hat den Client für diesen Grant nicht akzeptiert.',
    remedy:
      'Prüfen Sie den Client beim Anbieter und die zusätzlichen Parameter der Token-Anfrage.',
  },
  assertionRejected: {
    title: 'Der Anbieter hat die Assertion abgelehnt',
    cause:
      'Schlüssel, Aussteller, Subjekt, Audience oder Zeit weicht von dem ab, was der Anbieter erwartet.',
    remedy:
      'Vergleichen Sie die Einstellungen der Assertion mit der Dokumentation des Anbieters und prüfen Sie, ob der Schlüssel dort registriert ist.',
  },
  passwordRejected: {
    title: 'Benutzername oder Passwort nicht akzeptiert',
    cause:
      'Benutzername oder Passwort ist falsch, das Konto ist gesperrt, oder es verlangt eine mehrstufige Anmeldung.',
    remedy:
      'Prüfen Sie beide und testen Sie nur einmal: Wiederholte Versuche können das Konto sperren.',
  },
  pkceRequired: {
    title: 'Der Anbieter verlangt PKCE',
    cause:
      'Die Anfrage hatte keine Code Challenge, weil PKCE ausgeschaltet ist.',
    remedy: 'Stellen Sie PKCE auf S256 und holen Sie dann neue Zugangsdaten.',
  },
  unknownError: {
    title: 'Der Anbieter hat einen Fehler gemeldet',
    cause: 'Der Anbieter hat die Anfrage nicht bewilligt.',
    remedy:
      'Lesen Sie unter den technischen Details, was der Anbieter sagt, und vergleichen Sie die Einstellungen mit seiner Dokumentation.',
  },
  rateLimited: {
    title: 'Vom Anbieter gedrosselt',
    cause: '{{host}} hat 429 zurückgegeben (zu viele Anfragen).',
    remedy: 'Nichts wurde geändert. Erneut versuchen nach: {{wait}}.',
  },
  serverError: {
    title: 'Der Anbieter hat ein Problem',
    cause: '{{host}} hat {{status}} zurückgegeben.',
    remedy: 'Nichts wurde geändert. Erneut versuchen nach: {{wait}}.',
  },
  redirected: {
    title: '{{endpoint}} leitet weiter',
    cause: 'Backstage folgt Weiterleitungen nicht, wenn es Geheimnisse sendet.',
    remedy: 'Verwenden Sie die endgültige Adresse: {{location}}',
  },
  endpointNotFound: {
    title: '{{endpoint}} nicht gefunden',
    cause: 'Der Server hat für diesen Pfad {{status}} zurückgegeben.',
    remedy:
      'Prüfen Sie den Pfad, den abschließenden Schrägstrich und die Methode.',
  },
  methodNotAllowed: {
    title: '{{endpoint}} lehnt die HTTP-Methode ab',
    cause: 'Der Server akzeptiert hier {{allowed}}, nicht {{method}}.',
    remedy:
      'Prüfen Sie den Pfad, den abschließenden Schrägstrich und die Methode.',
  },
  contentTypeUnsupported: {
    title: 'Inhaltstyp nicht unterstützt',
    cause:
      'Der Server hat für den Inhaltstyp der Anfrage {{status}} zurückgegeben.',
    remedy:
      'Wählen Sie unter „Erweitert“ den anderen Inhaltstyp der Token-Anfrage (Formular oder JSON).',
  },
  responseTruncated: {
    title: 'Die Antwort wurde abgeschnitten',
    cause: 'Die Antwort endete mitten in ihrem JSON.',
    remedy: 'Versuchen Sie es erneut.',
  },
  htmlReturned: {
    title: '{{endpoint}} hat HTML zurückgegeben',
    cause:
      'Mit Status {{status}} kam eine Webseite zurück: {{setting}} ist falsch, oder ein Proxy oder eine Firewall hat geantwortet.',
    remedy:
      'Prüfen Sie {{setting}} anhand der Dokumentation des Anbieters, dann jeden Proxy zwischen Backstage und dem Anbieter.',
  },
  jsonInvalid: {
    title: 'Die Antwort ist kein gültiges JSON',
    cause:
      'Die Antwort mit Status {{status}} beginnt wie JSON, ist aber nicht lesbar.',
    remedy:
      'Prüfen Sie {{setting}}. Stimmt die Einstellung, melden Sie die Antwort dem Anbieter: Ein neuer Versuch hilft nicht.',
  },
  responseEmpty: {
    title: 'Die Antwort war leer',
    cause:
      'Der Server hat {{status}} ohne Inhalt zurückgegeben und nennt keinen Grund.',
    remedy:
      'Prüfen Sie {{setting}}, den Client und die Parameter der Anfrage anhand der Dokumentation des Anbieters.',
  },
  responseUnexpected: {
    title: 'Unerwartete Antwort',
    cause: 'Der Server hat {{status}} ohne OAuth-Fehler zurückgegeben.',
    remedy: 'Prüfen Sie {{setting}} und die Parameter der Anfrage.',
  },
  fieldsMissing: {
    title: 'Unerwartete Antwort',
    cause: 'Der Antwort fehlen Felder, die der Standard verlangt.',
    remedy: 'Prüfen Sie {{setting}}.',
  },
  authorizeUrlCalled: {
    title: '{{setting}} ist eine Authorize-URL',
    cause: 'Sie ist gleich der Authorize-URL, bei der Personen genehmigen.',
    remedy:
      'Geben Sie den Token-Endpunkt des Anbieters als {{setting}} ein. Sein Pfad endet oft auf „token“.',
  },
  tokenMissing: {
    title: 'Kein Token in der Antwort',
    cause: 'Unter „{{path}}“ steht kein Token.',
    remedy: 'Setzen Sie „Feld des Access Tokens“ auf „{{field}}“.',
  },
  responseNotToken: {
    title: 'Die Antwort ist kein Token',
    cause:
      'Die ganze Antwort muss das Token sein: einfacher Text oder eine JSON-Zeichenkette, in einer Zeile ohne Leerzeichen, höchstens 16 KiB.',
    remedy:
      'Tragen Sie bei „Access-Token-Eigenschaft“ das Feld ein, das das Token enthält, oder prüfen Sie Token-URL und Accept-Header.',
  },
  tokenUnreadable: {
    title: 'Das Token ist nicht lesbar',
    cause:
      'Ein Token in der Antwort ist kein UTF-8 oder enthält Zeichen, die kein HTTP-Header übertragen kann. Nichts wurde gespeichert.',
    remedy:
      'Prüfen Sie, ob „Feld des Access Tokens“ und „Feld des Refresh Tokens“ die Tokens nennen. Wenn ja, melden Sie es dem Anbieter.',
  },
  tokenTypeUnexpected: {
    title: 'Unerwarteter Token-Typ',
    cause: 'Der Token-Typ ist „{{type}}“. Akzeptiert: {{accepted}}.',
    remedy:
      'Akzeptiert die API es wie ein Bearer Token, fügen Sie den Typ bei „Akzeptierte Token-Typen“ hinzu.',
  },
  tokenUnbound: {
    title: 'Das Token ist nicht mit DPoP gebunden',
    cause:
      'Der Anbieter hat ein Bearer Token ausgestellt: Sein Typ ist „{{type}}“ statt DPoP. Nichts wurde gespeichert.',
    remedy:
      'Schalten Sie DPoP für diesen Client beim Anbieter ein. Unterstützt der Anbieter es nicht, setzen Sie „Bindung der Tokens“ auf einen anderen Wert.',
  },
  idTokenExpired: {
    title: 'Das ID-Token gilt jetzt nicht',
    cause: 'Die Zeit im ID-Token weicht von der Uhr dieses Backends ab.',
    remedy:
      'Stellen Sie die Uhr dieses Backends richtig oder melden Sie es dem Anbieter.',
  },
  idTokenNonce: {
    title: 'Das ID-Token hat keine gültige Nonce',
    cause:
      'Der Anbieter hat die Nonce dieser Genehmigung nicht im ID-Token zurückgegeben.',
    remedy: 'Beginnen Sie erneut.',
  },
  idTokenAudience: {
    title: 'Das ID-Token ist für einen anderen Client',
    cause: 'Die Audience des ID-Tokens ist nicht die Client-ID.',
    remedy: 'Prüfen Sie die Client-ID.',
  },
  idTokenMissing: {
    title: 'Der Anbieter hat kein ID-Token zurückgegeben',
    cause:
      'Mit einem Aussteller und dem Scope openid muss die Antwort ein ID-Token enthalten.',
    remedy:
      'Entfernen Sie den Aussteller, wenn der Anbieter keine ID-Tokens ausstellt.',
  },
  idTokenIssuer: {
    title: 'Das ID-Token nennt einen anderen Aussteller',
    cause:
      'Erwartet: {{expected}}, erhalten: {{found}}. Nichts wurde gespeichert.',
    remedy: 'Prüfen Sie den Aussteller.',
  },
  idTokenInvalid: {
    title: 'Das ID-Token ist ungültig',
    cause:
      'Das ID-Token ist nicht lesbar, oder ihm fehlt ein verlangter Claim.',
    remedy: 'Prüfen Sie den Aussteller.',
  },
  metadataIssuer: {
    title: 'Die Metadaten gehören zu einem anderen Aussteller',
    cause:
      'Das Dokument unter {{endpoint}} nennt den Aussteller {{found}}, nicht {{expected}}.',
    remedy: 'Prüfen Sie den Aussteller.',
  },
  startMissed: {
    title: 'Die Anfrage begann zu spät',
    cause:
      'Dieses Backend war ausgelastet, daher wurde die Anfrage nicht gesendet.',
    remedy: 'Warten Sie: Backstage versucht es automatisch erneut.',
  },
  responseTimedOut: {
    title: '{{host}} hat nicht rechtzeitig geantwortet',
    cause:
      'Der Anbieter ist langsam, oder seine Antwort ging unterwegs verloren.',
    remedy:
      'Versuchen Sie es erneut. Schlägt es weiter fehl, prüfen Sie die Adresse und ob dieses Backend sie erreichen darf.',
  },
  connectionTimedOut: {
    title: 'Zeitüberschreitung bei der Verbindung zu {{host}}',
    cause: 'Eine Firewall blockiert die Verbindung, oder der Port ist falsch.',
    remedy:
      'Versuchen Sie es erneut. Schlägt es weiter fehl, prüfen Sie die Adresse und ob dieses Backend sie erreichen darf.',
  },
  aborted: {
    title: 'Die Anfrage wurde abgebrochen',
    cause:
      'Das Backend wird beendet, oder niemand wartet mehr auf die Antwort.',
    remedy: 'Versuchen Sie es erneut.',
  },
  blocked: {
    title: 'Backstage darf diese Adresse nicht aufrufen',
    cause: 'Die Regeln des Betreibers erlauben diese Adresse nicht.',
    remedy:
      'Korrigieren Sie die Adresse oder bitten Sie einen Betreiber, sie zu erlauben.',
  },
  hostNotFound: {
    title: 'Der Host {{host}} wurde nicht gefunden',
    cause:
      'Der Hostname ist falsch geschrieben, oder dieses Backend kann ihn nicht auflösen.',
    remedy: 'Prüfen Sie die Schreibweise der Adresse.',
  },
  nameServerDown: {
    title: 'Der Host {{host}} wurde nicht gefunden',
    cause: 'Der Nameserver antwortet im Moment nicht.',
    remedy:
      'Prüfen Sie die Schreibweise der Adresse und versuchen Sie es erneut.',
  },
  connectionFailed: {
    title: 'Keine Verbindung zu {{host}}',
    cause:
      'An diesem Port antwortet nichts, oder eine Firewall lehnt Verbindungen ab.',
    remedy:
      'Prüfen Sie Schema, Host und Port der Adresse und versuchen Sie es erneut.',
  },
  connectionLost: {
    title: 'Die Verbindung zu {{host}} ging verloren',
    cause:
      'Die Gegenseite hat sie geschlossen, bevor ihre Antwort vollständig war, wie es Server tun, die https oder ein Client-Zertifikat erwarten.',
    remedy:
      'Prüfen Sie Schema, Host und Port der Adresse und versuchen Sie es erneut.',
  },
  responseTooLarge: {
    title: 'Die Antwort ist zu groß',
    cause: 'Token-Antworten sind klein, also ist dies etwas anderes.',
    remedy: 'Prüfen Sie die Adresse.',
  },
  responseUnreadable: {
    title: 'Die Antwort ist nicht lesbar',
    cause:
      'Ihre Inhaltscodierung wird nicht unterstützt, oder sie ist kein HTTP.',
    remedy:
      'Prüfen Sie die URL und jeden Proxy zwischen Backstage und dem Anbieter.',
  },
  tlsNotSpoken: {
    title: NO_TLS,
    cause: 'Der Port von {{host}} spricht kein TLS.',
    remedy: 'Prüfen Sie den Port der URL: https ist meist 443.',
  },
  tlsClosed: {
    title: NO_TLS,
    cause:
      '{{host}} hat die Verbindung während des TLS-Handshakes geschlossen: Der Port spricht kein TLS, oder eine Firewall hat sie geschlossen.',
    remedy: 'Prüfen Sie den Port der URL: https ist meist 443.',
  },
  tlsHandshakeFailed: {
    title: NO_TLS,
    cause: 'Der TLS-Handshake ist fehlgeschlagen ({{code}}).',
    remedy:
      'Prüfen Sie die TLS-Versionen und Chiffren des Servers und ob er ein Client-Zertifikat verlangt.',
  },
  certificateHost: {
    title: NO_TLS,
    cause: 'Das Zertifikat gehört zu einem anderen Host.',
    remedy: 'Prüfen Sie die Schreibweise des Hostnamens.',
  },
  serverCertificateExpired: {
    title: NO_TLS,
    cause: 'Das Zertifikat des Servers ist abgelaufen.',
    remedy: 'Bitten Sie den Betreiber des Servers, es zu erneuern.',
  },
  certificateUntrusted: {
    title: NO_TLS,
    cause:
      'Das Zertifikat ist von einer Stelle signiert, der dieses Backend nicht vertraut.',
    remedy:
      'Ist es Ihre eigene Stelle, lassen Sie einen Betreiber datasourceAuth.egress.ca auf ihr Zertifikat setzen. Die Prüfung lässt sich nicht abschalten.',
  },
  callbackUnusable: {
    title: 'Diese Genehmigung lässt sich nicht zuordnen',
    cause:
      'Der Anbieter hat den Browser ohne die nötigen Werte zurückgeschickt.',
    remedy: 'Beginnen Sie erneut bei der Datenquelle.',
  },
  issuerMissing: {
    title: 'Die Antwort nennt keinen Aussteller',
    cause:
      'Die Einstellungen verlangen den Aussteller in der Antwort (iss), und die Antwort nennt keinen. Nichts wurde gespeichert.',
    remedy:
      'Erwähnt die Dokumentation des Anbieters weder iss noch RFC 9207, schalten Sie „Aussteller in der Antwort verlangen (iss)“ aus. Verständigen Sie sonst Ihr Sicherheitsteam.',
  },
  issuerUnexpected: {
    title: 'Antwort eines unerwarteten Ausstellers',
    cause:
      'Erwartet: {{expected}}, erhalten: {{found}}. Nichts wurde gespeichert.',
    remedy: 'Prüfen Sie den Aussteller.',
  },
  approvalTimedOut: {
    title: 'Die Genehmigung wurde nicht rechtzeitig abgeschlossen',
    cause:
      'Das Fenster wurde geschlossen, der Anbieter hat eine Fehlerseite gezeigt, oder es dauerte länger als zehn Minuten.',
    remedy: 'Beginnen Sie erneut.',
  },
  otherUserFinished: {
    title: 'Ein anderer Benutzer hat die Genehmigung abgeschlossen',
    cause:
      'Der bei Backstage angemeldete Benutzer hat gewechselt, während das Fenster offen war.',
    remedy: 'Beginnen Sie erneut.',
  },
  requestEnded: {
    title: 'Die Genehmigungsanfrage ist beendet',
    cause:
      'Sie wurde von jemand anderem verwendet, zurückgezogen oder ist abgelaufen.',
    remedy: 'Bitten Sie um eine neue.',
  },
  approvalFailed: {
    title: 'Backstage konnte die Genehmigung nicht abschließen',
    cause: 'Ein unerwarteter Fehler ist aufgetreten.',
    remedy:
      'Beginnen Sie erneut. Schlägt es weiter fehl, sehen Sie im Log des Backends nach.',
  },
  settingsInvalid: {
    title: 'Die Einstellungen sind nicht verwendbar',
    cause: 'Eine Einstellung hat einen ungültigen Wert.',
    remedy: 'Korrigieren Sie die Einstellungen und versuchen Sie es erneut.',
  },
  unexpected: {
    title: 'Die Token-Anfrage ist fehlgeschlagen',
    cause: 'Bevor der Anbieter antwortete, ist etwas Unerwartetes geschehen.',
    remedy:
      'Versuchen Sie es erneut. Schlägt es weiter fehl, sehen Sie im Log des Backends nach.',
  },
  backendFailed: {
    title: 'Die Token-Anfrage ist fehlgeschlagen',
    cause: 'In diesem Backend ist etwas Unerwartetes geschehen.',
    remedy:
      'Sehen Sie im Log des Backends nach. Backstage versucht es automatisch erneut.',
  },
  secretRejected: {
    title: 'Die API lehnt den Schlüssel ab',
    cause:
      'Der eigene Aufruf des Testpfads durch Backstage wurde abgelehnt. Der Schlüssel, das Passwort oder das Token wurde widerrufen oder ist bei der API abgelaufen.',
    remedy:
      'Erstellen Sie bei der API einen neuen Schlüssel, geben Sie ihn hier ein und speichern Sie.',
  },
  jwtRejected: {
    title: 'Die API lehnt den Schlüssel ab',
    cause:
      'Der eigene Aufruf des Testpfads durch Backstage wurde auch mit einem neuen JWT abgelehnt. Die API kennt den Schlüssel nicht oder erwartet einen anderen Aussteller, ein anderes Subjekt, eine andere Audience oder einen anderen Claim.',
    remedy:
      'Prüfen Sie, ob der Schlüssel bei der API registriert ist, vergleichen Sie die Einstellungen der Assertion mit ihrer Dokumentation und speichern Sie.',
  },
  jwtNotSigned: {
    title: 'Das JWT kann nicht signiert werden',
    cause: 'Eine Einstellung der Assertion hat einen ungültigen Wert.',
    remedy:
      'Korrigieren Sie die Einstellungen der Assertion und speichern Sie.',
  },
  freshTokensRejected: {
    title: 'Die API lehnt frische Tokens ab',
    cause:
      'Die API hat drei Aufrufe ohne Erfolg dazwischen abgelehnt. Beim letzten war das Token {{age}} alt, ein neues hilft also nicht.',
    remedy:
      'Prüfen Sie Scopes, Audience und Basis-URL und holen Sie dann neue Zugangsdaten.',
  },
};
