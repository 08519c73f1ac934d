import {
  KeyObject,
  X509Certificate,
  createHash,
  createPrivateKey,
} from 'node:crypto';
import { PrivateKeyJwt, modifyAssertion } from 'oauth4webapi';
import { ResolvedAuth } from '../../settings/ResolvedSettings';
import { SettingsError } from '../../settings/SettingsError';
import { ClientAuthentication } from './ClientAuthentication';

type Algorithm = NonNullable<ResolvedAuth['clientKey']>['alg'];

const IMPORT: Record<
  Algorithm,
  RsaHashedImportParams | EcKeyImportParams | string
> = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  PS256: { name: 'RSA-PSS', hash: 'SHA-256' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  ES384: { name: 'ECDSA', namedCurve: 'P-384' },
  EdDSA: 'Ed25519',
};

/**
 * `private_key_jwt` (RFC 7523 section 2.2): an assertion with a fresh `jti` that lives for 60 seconds. Its audience is
 * the configured one, else the issuer, else the endpoint that is called.
 */
export const privateKeyJwt: ClientAuthentication = {
  authenticate: async (auth, endpoint) => {
    const { clientKey, clientId } = auth;
    if (!clientKey?.privateKey || !clientId) {
      throw new SettingsError(
        'Client authentication by a signed assertion needs a client id and a private key',
      );
    }
    const { alg, kid, certificate } = clientKey;
    const privateKey = readKey(clientKey.privateKey, alg);
    const key = await importKey(privateKey, alg);
    const thumbprints = certificate
      ? thumbprintsOf(certificate, privateKey)
      : {};
    return PrivateKeyJwt(
      { key, kid },
      {
        [modifyAssertion]: (header, payload) => {
          // The library calls Ed25519 by its newer name (RFC 9864), which few servers know yet.
          header.alg = alg;
          Object.assign(header, thumbprints);
          payload.aud = clientKey.audience || auth.issuer || endpoint;
        },
      },
    );
  },
};

/*
 * Errors of the libraries can repeat what they were given, so none of them is passed on.
 */

function readKey(text: string, alg: Algorithm): KeyObject {
  if (/ENCRYPTED/.test(text)) {
    throw new SettingsError(
      'The private key is encrypted. Decrypt it, for example with `openssl pkey`, and enter the result.',
    );
  }
  try {
    const key = text.trim();
    return key.startsWith('{')
      ? createPrivateKey({ key: JSON.parse(key), format: 'jwk' })
      : createPrivateKey(key);
  } catch {
    throw unreadable(alg);
  }
}

async function importKey(key: KeyObject, alg: Algorithm): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey(
      'pkcs8',
      key.export({ type: 'pkcs8', format: 'der' }),
      IMPORT[alg],
      false,
      ['sign'],
    );
  } catch {
    throw unreadable(alg);
  }
}

function unreadable(alg: Algorithm): SettingsError {
  return new SettingsError(
    `The private key cannot be read as a key for ${alg}. Enter an unencrypted PEM or JWK of that kind.`,
  );
}

/** RFC 7515 sections 4.1.7 and 4.1.8. */
function thumbprintsOf(pem: string, key: KeyObject): Record<string, string> {
  let certificate: X509Certificate;
  let belongs: boolean;
  try {
    certificate = new X509Certificate(pem);
    belongs = certificate.checkPrivateKey(key);
  } catch {
    throw new SettingsError(
      'The certificate cannot be read. Enter it in PEM format, with its BEGIN and END lines.',
    );
  }
  if (!belongs) {
    throw new SettingsError(
      'The certificate belongs to another private key. Enter the certificate of this one.',
    );
  }
  const digest = (algorithm: string) =>
    createHash(algorithm).update(certificate.raw).digest('base64url');
  return { x5t: digest('sha1'), 'x5t#S256': digest('sha256') };
}
