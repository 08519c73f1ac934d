import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { Assertion, signJwt } from './signJwt';

const { privateKey, publicKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
});
const PEM = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const EC: Assertion = { key: PEM, alg: 'ES256' };
const SHARED = 'x'.repeat(32);

const seconds = (date: string) => Date.parse(date) / 1000;

describe('signJwt', () => {
  it("signs by the verifier's clock, backdated, with the configured lifetime", async () => {
    const now = Date.parse('2030-01-01T00:00:00.900Z');
    const jwt = await signJwt(
      {
        ...EC,
        kid: 'k1',
        claims: { scope: 'read', admin: false, level: 3 },
        headers: { typ: 'JWT' },
        lifetimeSeconds: 300,
      },
      { iss: 'backstage' },
      now,
    );
    const { payload, protectedHeader } = await jwtVerify(jwt, publicKey, {
      currentDate: new Date(now),
    });
    const second = seconds('2030-01-01T00:00:00Z');
    expect(protectedHeader).toEqual({ alg: 'ES256', kid: 'k1', typ: 'JWT' });
    expect(payload).toEqual({
      iss: 'backstage',
      ...{ scope: 'read', admin: false, level: 3 },
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iat: second - 30,
      nbf: second - 30,
      exp: second + 300,
    });
  });

  it('does not let a claim of the settings replace issuer, times or jti', async () => {
    const claims = { iss: 'x', exp: 9_999_999_999, jti: 'again', iat: 1 };
    const jwt = await signJwt({ ...EC, claims }, { iss: 'backstage' });
    const { payload } = await jwtVerify(jwt, publicKey);
    expect(payload.iss).toBe('backstage');
    expect(payload.exp).toBe(payload.iat! + 90);
    expect(payload.jti).not.toBe('again');
  });

  it('omits the claims that the settings leave out', async () => {
    const omit: Assertion['omit'] = ['nbf', 'jti', 'iat'];
    const jwt = await signJwt({ ...EC, omit, backdateSeconds: 0 });
    const { payload } = await jwtVerify(jwt, publicKey);
    expect(Object.keys(payload)).toEqual(['exp']);
  });

  it.each<[Assertion['keyEncoding'], string]>([
    [undefined, SHARED],
    ['base64', Buffer.from(SHARED).toString('base64')],
    ['hex', Buffer.from(SHARED).toString('hex')],
  ])('signs with a shared key written as %s', async (keyEncoding, key) => {
    const jwt = await signJwt({ key, alg: 'HS256', keyEncoding });
    expect(decodeProtectedHeader(jwt)).toEqual({ alg: 'HS256' });
    await jwtVerify(jwt, createSecretKey(Buffer.from(SHARED)));
  });

  it.each<[string, Assertion, RegExp]>([
    [
      'a shared key shorter than its hash',
      { key: SHARED, alg: 'HS512' },
      /too short for HS512, which needs at least 64 bytes/,
    ],
    [
      "a hex key that isn't hex",
      { key: SHARED, alg: 'HS256', keyEncoding: 'hex' },
      /too short for HS256.*check its encoding/,
    ],
    [
      'a PEM as a shared key',
      { key: PEM, alg: 'HS256' },
      /needs a shared secret, and this is a key in PEM or JWK format/,
    ],
    [
      'a JWK as a shared key',
      {
        key: ` ${JSON.stringify(publicKey.export({ format: 'jwk' }))}`,
        alg: 'HS256',
      },
      /needs a shared secret/,
    ],
    [
      'the key file of a service account',
      {
        key: JSON.stringify({ type: 'service_account', private_key: PEM }),
        alg: 'RS256',
      },
      /This is a key file. Enter only its private key/,
    ],
  ])('rejects %s and says what to do', async (_, assertion, message) => {
    const error = await signJwt(assertion).catch(thrown => thrown);
    expect(error.message).toMatch(message);
    expect(
      JSON.stringify(error, Object.getOwnPropertyNames(error)),
    ).not.toMatch(/BEGIN|xxxx|"d"/);
  });
});
