import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { importPKCS8, SignJWT } from 'jose';
import { compare, interleaved } from '../measuring/pairs';
import { signJwt } from '../subject/datasourceAuthParts';
import { ratioFinding } from './Finding';
import { HotPath } from './HotPath';

const JWTS = 500;

const KEY = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).privateKey;

/** Returns the microseconds of one JWT, one after the other. */
async function timeOf(sign: () => Promise<string>): Promise<number> {
  const start = process.hrtime.bigint();
  for (let count = 0; count < JWTS; count++) await sign();
  return Number(process.hrtime.bigint() - start) / 1_000 / JWTS;
}

/** Signs the same claims with the library alone. */
async function signByHand(): Promise<string> {
  const seconds = Math.floor(Date.now() / 1000);
  return new SignJWT({ scope: 'read' })
    .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
    .setIssuer('robot')
    .setAudience('https://api.example.com')
    .setIssuedAt(seconds - 30)
    .setNotBefore(seconds - 30)
    .setExpirationTime(seconds + 60)
    .setJti(randomUUID())
    .sign(await importPKCS8(KEY, 'RS256'));
}

export const signedJwt: HotPath = {
  name: 'signed-jwt',
  title: 'A signed JWT',
  method: `One process, ${JWTS} JWTs per round with RS256 and a key of 2048 bits, each awaited before the next. By hand, the key is read from PEM each time. Ours reads it once.`,

  async measure() {
    const time = compare(
      await interleaved({
        rounds: 11,
        ours: () =>
          timeOf(() =>
            signJwt(
              { alg: 'RS256', key: KEY, kid: 'k1', claims: { scope: 'read' } },
              { iss: 'robot', aud: 'https://api.example.com' },
            ),
          ),
        reference: () => timeOf(signByHand),
      }),
      microseconds => microseconds,
    );
    return [
      ratioFinding(
        {
          hotPath: 'signing a JWT',
          reference: '`jose` by hand',
          ours: `${time.ours.toFixed(0)} µs`,
          theirs: `${time.reference.toFixed(0)} µs`,
        },
        { ratio: time.ratio, atMost: 1 },
      ),
    ];
  },
};
