import { createPrivateKey, KeyObject, X509Certificate } from 'node:crypto';
import {
  CLIENT_AUTHENTICATIONS,
  clientAuthenticationsOf,
  oauth2Settings,
} from 'backstage-plugin-datasource-auth-common';
import { ClientCertificate } from 'backstage-plugin-datasource-auth-node/egress';
import { formatDay } from './formatTime';
import { memoize } from './memoize';
import { BareSettings } from './secrets';
import { SettingsError } from './SettingsError';

/**
 * Checks a client certificate: a server that refuses one rarely says why. Errors of OpenSSL can repeat their input, so
 * none of them is passed on.
 *
 * @throws SettingsError
 */
export function readClientCertificate(
  { certificate, key, passphrase }: Partial<ClientCertificate> = {},
  now: number = Date.now(),
): ClientCertificate {
  if (!certificate || !key) throw new SettingsError('clientCertificateMissing');
  const privateKey = readKey(key, passphrase || undefined);
  const leaf = parse(certificate);
  if (!leaf) throw new SettingsError('certificateUnreadable');
  if (!leaf.checkPrivateKey(privateKey))
    throw new SettingsError('certificateOfOtherKey');
  const end = Date.parse(leaf.validTo);
  if (end <= now)
    throw new SettingsError('clientCertificateExpired', {
      day: formatDay(end, now),
    });
  return { certificate, key, passphrase: passphrase || undefined };
}

/**
 * Returns when the first of the client's certificates expires: the one for mutual TLS, or the one of its signing key.
 * Epoch milliseconds.
 */
export const certificateExpiry = memoize(
  (settings: BareSettings): number | undefined => {
    const oauth = oauth2Settings(settings.auth);
    const signs =
      oauth &&
      clientAuthenticationsOf(oauth).some(
        method => CLIENT_AUTHENTICATIONS[method].credential === 'privateKey',
      );
    const ends = [
      settings.clientCertificate?.certificate,
      signs ? oauth.clientAssertion?.certificate : undefined,
    ].flatMap(pem => {
      const validTo = pem && parse(pem)?.validTo;
      return validTo ? Date.parse(validTo) : [];
    });
    return ends.length > 0 ? Math.min(...ends) : undefined;
  },
);

function readKey(key: string, passphrase: string | undefined): KeyObject {
  const isEncrypted = /ENCRYPTED/.test(key);
  if (isEncrypted && !passphrase)
    throw new SettingsError('privateKeyEncrypted');
  try {
    return createPrivateKey({ key, passphrase });
  } catch {
    throw new SettingsError(
      isEncrypted ? 'passphraseWrong' : 'clientKeyUnreadable',
    );
  }
}

function parse(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}
