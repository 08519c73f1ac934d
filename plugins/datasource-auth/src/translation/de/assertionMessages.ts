import {
  assertionHelp as englishHelp,
  assertionHelpOfJwt as englishHelpOfJwt,
  assertionLabels as englishLabels,
  assertionOmissions as englishOmissions,
} from '../assertionMessages';
import { Translated } from 'backstage-plugin-datasource-auth-react';

export const assertionLabels: Translated<typeof englishLabels> = {
  assertionPassphrase: 'Passphrase für den Schlüssel der Assertion',
  assertionSigner: 'Signierer der Assertion',
  assertionKeyEncoding: 'Codierung des Schlüssels der Assertion',
  assertionCertificate: 'Zertifikat zum Schlüssel der Assertion',
  assertionCertificateChain: 'Zertifikatskette senden (x5c)',
  assertionClaims: 'Weitere Claims der Assertion',
  assertionType: 'Typ-Header der Assertion (typ)',
  assertionContentType: 'Content-Type-Header der Assertion (cty)',
  assertionLifetime: 'Lebensdauer der Assertion (Sekunden)',
  assertionBackdate: 'Assertion zurückdatieren um (Sekunden)',
  assertionOmit: 'Wegzulassende Claims der Assertion',
  clientAssertionFile: 'Datei mit der Client-Assertion',
  keyIssuer: 'Aussteller der Client-Assertion',
  keySubject: 'Subjekt der Client-Assertion',
  keyPassphrase: 'Passphrase für den privaten Schlüssel',
  keySigner: 'Signierer der Client-Assertion',
  keyKeyEncoding: 'Codierung des HMAC-Schlüssels',
  keyCertificate: 'Zertifikat zum privaten Schlüssel',
  keyCertificateChain: 'Zertifikatskette senden (x5c)',
  keyClaims: 'Weitere Claims der Client-Assertion',
  keyType: 'Typ-Header der Client-Assertion (typ)',
  keyContentType: 'Content-Type-Header der Client-Assertion (cty)',
  keyLifetime: 'Lebensdauer der Client-Assertion (Sekunden)',
  keyBackdate: 'Client-Assertion zurückdatieren um (Sekunden)',
  keyOmit: 'Wegzulassende Claims der Client-Assertion',
};

export const assertionHelp: Translated<typeof englishHelp> = {
  assertionKey:
    'Privater Schlüssel des Dienstkontos (PEM oder JWK) oder das gemeinsame Geheimnis eines HS-Algorithmus. Sie können auch die Schlüsseldatei von Google oder Box einfügen.',
  assertionIssuer: 'Meist die E-Mail-Adresse oder ID des Dienstkontos.',
  assertionSubject:
    'Der Benutzer, als der gehandelt wird. Leer: als der Aussteller.',
  assertionAudience: 'Leer: die Token-URL.',
  assertionPassphrase: 'Nur für einen verschlüsselten Schlüssel.',
  assertionSigner:
    'Statt des Schlüssels: der Name eines Signierers, den ein Modul registriert.',
  assertionKeyEncoding: 'Nur für HS-Algorithmen. Standard: UTF-8-Text.',
  assertionCertificate:
    'PEM. Nur für Anbieter, die den Schlüssel am Fingerabdruck erkennen (x5t).',
  assertionClaims:
    'Zahlen, true und false behalten ihren Typ. Setzen Sie sie in Anführungszeichen, um Text zu senden. [[scopes]] steht für die Scopes.',
  assertionType: 'Nur wenn der Anbieter es verlangt, zum Beispiel: JWT.',
  assertionLifetime: 'Standard: 60. Höchstens: 3600.',
  assertionBackdate: 'Standard: 30. Gleicht abweichende Uhren aus.',
  assertionOmit: 'Beliebige aus nbf, jti und iat, durch Leerzeichen getrennt.',
  clientAssertionFile:
    'Name einer Datei, die unter datasourceAuth.files konfiguriert ist.',
  keyIssuer: 'Leer: die Client-ID.',
  keySubject: 'Leer: die Client-ID.',
  keyAudience: 'Leer: der Aussteller oder, ohne einen, die Token-URL.',
  keyPassphrase: 'Nur für einen verschlüsselten Schlüssel.',
  keySigner:
    'Statt des Schlüssels: der Name eines Signierers, den ein Modul registriert.',
  keyKeyEncoding: 'Nur für HS-Algorithmen. Standard: UTF-8-Text.',
  keyCertificate:
    'PEM. Nur für Anbieter, die den Schlüssel am Fingerabdruck erkennen (x5t), etwa Microsoft Entra ID.',
  keyClaims:
    'Zahlen, true und false behalten ihren Typ. Setzen Sie sie in Anführungszeichen, um Text zu senden.',
  keyType: 'Nur wenn der Anbieter es verlangt, zum Beispiel: JWT.',
  keyLifetime: 'Standard: 60. Höchstens: 3600.',
  keyBackdate: 'Standard: 30. Gleicht abweichende Uhren aus.',
  keyOmit: 'Beliebige aus nbf, jti und iat, durch Leerzeichen getrennt.',
};

export const assertionHelpOfJwt: Translated<typeof englishHelpOfJwt> = {
  assertionKey:
    'Privater Schlüssel (PEM oder JWK) oder das gemeinsame Geheimnis eines HS-Algorithmus. Sie können auch die Schlüsseldatei von Google oder Box einfügen.',
  assertionAudience: 'Die Audience, die die API erwartet.',
  assertionClaims:
    'Zahlen, true und false behalten ihren Typ. Setzen Sie sie in Anführungszeichen, um Text zu senden.',
};

export const assertionOmissions: Translated<typeof englishOmissions> = {
  assertionAudience: 'Keine Audience senden',
  keyAudience: 'Keine Audience senden',
};
