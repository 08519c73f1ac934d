import { generateKeyPairSync } from 'node:crypto';
import { jwtVerify } from 'jose';
import { signJwt } from './signJwt';

const { privateKey, publicKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
});
const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

it("signs by the verifier's clock, for as long as it is told, and any claim", async () => {
  const now = Date.parse('2030-01-01T00:00:00.900Z');
  const jwt = await signJwt({
    key,
    alg: 'ES256',
    kid: 'k1',
    claims: { iss: 'backstage', scope: 'read' },
    lifetimeSeconds: 300,
    now,
  });
  const { payload, protectedHeader } = await jwtVerify(jwt, publicKey, {
    currentDate: new Date(now),
  });
  const second = Date.parse('2030-01-01T00:00:00Z') / 1000;
  expect(protectedHeader).toEqual({ alg: 'ES256', kid: 'k1' });
  expect(payload).toEqual({
    iss: 'backstage',
    scope: 'read',
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
    iat: second,
    nbf: second,
    exp: second + 300,
  });
});

it('does not let a claim replace the times or the jti', async () => {
  const claims = { exp: 9_999_999_999, jti: 'again' };
  const jwt = await signJwt({ key, alg: 'ES256', claims });
  const { payload } = await jwtVerify(jwt, publicKey);
  expect(payload.exp).toBe(payload.iat! + 60);
  expect(payload.jti).not.toBe('again');
});
