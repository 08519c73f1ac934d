import {
  createHash,
  createPrivateKey,
  generateKeyPair,
  KeyObject,
  randomUUID,
} from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, SignJWT } from 'jose';
import { DpopKey } from '../settings/ResolvedSettings';

/** Some servers refuse a time that is ahead of theirs, even by a moment. Seconds. */
const BACKDATE = 1;

/** A request that a proof is for. */
export interface ProvenRequest {
  method: string;
  /** Its query and fragment don't count. */
  url: string;
  /** Sent with a request to an API, whose proof names it. */
  accessToken?: string;
  /** What the server asked for, if it did. */
  nonce?: string;
  /** Epoch milliseconds of the server's clock. */
  now: number;
}

const privateKeys = new WeakMap<DpopKey, KeyObject>();

/** Creates the key pair of a credential. Every server that supports DPoP supports ES256 (RFC 9449 section 11.6). */
export async function createDpopKey(): Promise<DpopKey> {
  const { privateKey } = await promisify(generateKeyPair)('ec', {
    namedCurve: 'P-256',
  });
  const { kty, crv, x, y, d } = privateKey.export({ format: 'jwk' });
  return { kty, crv, x, y, d } as DpopKey;
}

/** Returns the thumbprint of a key (RFC 7638), for `dpop_jkt`. */
export function dpopThumbprint(key: DpopKey): Promise<string> {
  return calculateJwkThumbprint(publicPart(key), 'sha256');
}

/** Signs the proof of one request (RFC 9449 section 4.2). Each has its own `jti`, so none is used twice. */
export function dpopProof(
  key: DpopKey,
  { method, url, accessToken, nonce, now }: ProvenRequest,
): Promise<string> {
  const ath =
    accessToken &&
    createHash('sha256').update(accessToken, 'ascii').digest('base64url');
  return new SignJWT({
    jti: randomUUID(),
    htm: method,
    htu: url.split(/[?#]/, 1)[0],
    iat: Math.floor(now / 1000) - BACKDATE,
    ...(ath && { ath }),
    ...(nonce !== undefined && { nonce }),
  })
    .setProtectedHeader({
      typ: 'dpop+jwt',
      alg: 'ES256',
      jwk: publicPart(key),
    })
    .sign(privateKeyOf(key));
}

function publicPart({ kty, crv, x, y }: DpopKey) {
  return { kty, crv, x, y };
}

/** Reading a key costs as much as signing with it. */
function privateKeyOf(key: DpopKey): KeyObject {
  let read = privateKeys.get(key);
  if (!read) {
    read = createPrivateKey({ key: { ...key }, format: 'jwk' });
    privateKeys.set(key, read);
  }
  return read;
}
