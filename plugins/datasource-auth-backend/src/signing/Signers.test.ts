import { generateKeyPairSync, sign } from 'node:crypto';
import { Signer } from 'backstage-plugin-datasource-auth-node';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { selfSignedCertificate } from '../egress/__testUtils__/selfSignedCertificate';
import { Assertion, signJwt } from './signJwt';
import { Signers } from './Signers';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const AUDIENCE = 'https://login.example.com/token';
const ORIGIN = 'https://login.example.com';

/** What a key management system does with the digest. */
const signature = (data: Uint8Array) =>
  sign('sha256', data, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' });

const signer = (change: Partial<Signer> = {}): Signer => ({
  origins: [ORIGIN],
  audiences: [AUDIENCE],
  datasources: ['crm'],
  sign: async ({ data }) => signature(data),
  ...change,
});

const signed = (
  change: Partial<Signer> = {},
  more: {
    assertion?: Partial<Assertion>;
    audience?: string;
    datasource?: string;
    origins?: string[];
  } = {},
) => {
  const signers = new Signers({ limitMilliseconds: 50 });
  signers.register('kms', signer(change));
  return signJwt(
    { alg: 'ES256', signer: 'kms', kid: 'k1', ...more.assertion },
    { iss: 'backstage', aud: 'audience' in more ? more.audience : AUDIENCE },
    Date.now(),
    { datasource: 'crm', origins: [ORIGIN], signers, ...more },
  );
};

describe('N4: a signer of a module', () => {
  it('signs a JWT that verifies with its public key, and gets what it needs for it', async () => {
    const signing = jest.fn(signer().sign);
    const jwt = await signed(
      { sign: signing },
      { assertion: { claims: { level: 3 }, headers: { typ: 'JWT' } } },
    );
    const { payload, protectedHeader } = await jwtVerify(jwt, ec.publicKey, {
      issuer: 'backstage',
      audience: AUDIENCE,
    });
    expect(protectedHeader).toEqual({ alg: 'ES256', kid: 'k1', typ: 'JWT' });
    expect(payload).toMatchObject({ level: 3, jti: expect.any(String) });
    expect(signing).toHaveBeenCalledWith({
      algorithm: 'ES256',
      keyId: 'k1',
      datasource: 'crm',
      data: expect.any(Uint8Array),
      signal: expect.any(AbortSignal),
    });
  });

  it('adds the thumbprints of a certificate only if it signs with the key of that certificate', async () => {
    const { cert, key } = selfSignedCertificate('client.example');
    const assertion = { certificate: cert };
    const jwt = await signed(
      {
        sign: async ({ data }) =>
          sign('sha256', data, { key, dsaEncoding: 'ieee-p1363' }),
      },
      { assertion },
    );
    expect(decodeProtectedHeader(jwt)).toMatchObject({
      'x5t#S256': expect.any(String),
    });
    await expect(signed({}, { assertion })).rejects.toThrow(
      /belongs to another private key/,
    );
  });

  it.each<[string, Parameters<typeof signed>[1], RegExp]>([
    [
      'another datasource',
      { datasource: 'other' },
      /isn't for datasource 'other'/,
    ],
    [
      'another origin',
      { origins: [ORIGIN, 'https://evil.example.com'] },
      /signs nothing that is sent to https:\/\/evil\.example\.com/,
    ],
    [
      'another audience',
      { audience: 'https://evil.example.com/token' },
      /doesn't sign for this audience/,
    ],
    ['no audience', { audience: undefined }, /doesn't sign for this audience/],
    [
      'a shared secret',
      { assertion: { alg: 'HS256' } },
      /HS256 needs a shared secret/,
    ],
    [
      'a key beside it',
      { assertion: { key: 'pem' } },
      /has a key and a signer/,
    ],
    ['another name', { assertion: { signer: 'hsm' } }, /no signer 'hsm'/],
  ])('threats 40: is not called for %s', async (_, more, message) => {
    const signing = jest.fn();
    await expect(signed({ sign: signing }, more)).rejects.toThrow(message);
    expect(signing).not.toHaveBeenCalled();
  });

  it.each<[string, Signer['sign'], RegExp]>([
    [
      'that throws',
      async () => {
        throw new Error('canary: authorization Bearer x');
      },
      /The signer 'kms' failed\. Check the log/,
    ],
    [
      'that throws at once',
      () => {
        throw new Error('canary');
      },
      /The signer 'kms' failed/,
    ],
    [
      'that never responds',
      () => new Promise(() => {}),
      /didn't respond in time/,
    ],
    [
      'that returns DER',
      async ({ data }) => sign('sha256', data, ec.privateKey),
      /didn't return a signature for ES256 as RFC 7518/,
    ],
    [
      'that returns nothing',
      async () => undefined as unknown as Uint8Array,
      /didn't return a signature/,
    ],
  ])('threats 38: %s is a clear error', async (_, fails, message) => {
    const error = await signed({ sign: fails }).catch(thrown => thrown);
    expect(error.name).toBe('SettingsError');
    expect(error.message).toMatch(message);
    expect(
      JSON.stringify(error, Object.getOwnPropertyNames(error)),
    ).not.toContain('canary');
  });

  it('is told when its result is too late', async () => {
    let aborted = false;
    await expect(
      signed({
        sign: ({ signal }) =>
          new Promise(() => {
            signal.addEventListener('abort', () => {
              aborted = true;
            });
          }),
      }),
    ).rejects.toThrow(/in time/);
    expect(aborted).toBe(true);
  });

  it.each<[string, string, Partial<Signer>, RegExp]>([
    ['an invalid name', 'a b', {}, /needs a name of letters/],
    ['no origins', 'kms', { origins: [] }, /has no origins\. List/],
    ['no audiences', 'kms', { audiences: [] }, /has no audiences\. List/],
    ['no datasources', 'kms', { datasources: [] }, /has no datasources/],
    [
      'an origin with a path',
      'kms',
      { origins: [AUDIENCE] },
      /has an origin that isn't one/,
    ],
  ])('threats 40: is not registered with %s', (_, name, change, message) => {
    expect(() => new Signers().register(name, signer(change))).toThrow(message);
  });

  it('is not registered under the name of another one', () => {
    const signers = new Signers();
    signers.register('kms', signer());
    expect(() => signers.register('kms', signer())).toThrow(
      /already a signer 'kms'/,
    );
  });
});
