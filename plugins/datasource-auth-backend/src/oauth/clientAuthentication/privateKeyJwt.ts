import { KeyObject, createPrivateKey } from 'node:crypto';
import { PrivateKeyJwt, modifyAssertion } from 'oauth4webapi';
import { ResolvedAuth } from '../ResolvedSettings';
import { SettingsError } from '../SettingsError';
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
export const privateKeyJwt: ClientAuthentication = async (auth, endpoint) => {
  const { clientKey, clientId } = auth;
  if (!clientKey?.privateKey || !clientId) {
    throw new SettingsError(
      'Client authentication by a signed assertion needs a client id and a private key',
    );
  }
  const { alg, kid } = clientKey;
  const key = await importKey(clientKey.privateKey, alg);
  return PrivateKeyJwt(
    { key, kid },
    {
      [modifyAssertion]: (header, payload) => {
        // The library calls Ed25519 by its newer name (RFC 9864), which few servers know yet.
        header.alg = alg;
        payload.aud = clientKey.audience ?? auth.issuer ?? endpoint;
      },
    },
  );
};

async function importKey(text: string, alg: Algorithm) {
  try {
    const key = readKey(text.trim());
    return await crypto.subtle.importKey(
      'pkcs8',
      key.export({ type: 'pkcs8', format: 'der' }),
      IMPORT[alg],
      false,
      ['sign'],
    );
  } catch {
    throw new SettingsError(
      `The private key cannot be read as a key for ${alg}. Enter an unencrypted PEM or JWK of that kind.`,
    );
  }
}

function readKey(text: string): KeyObject {
  return text.startsWith('{')
    ? createPrivateKey({ key: JSON.parse(text), format: 'jwk' })
    : createPrivateKey(text);
}
