import {
  X509Certificate,
  createHash,
  generateKeyPairSync,
  verify,
} from 'node:crypto';
import { selfSignedCertificate } from '../../egress/__testUtils__/selfSignedCertificate';
import { inspect } from 'node:util';
import {
  CLIENT_AUTHENTICATION_METHODS,
  CLIENT_AUTHENTICATIONS as DESCRIPTORS,
} from 'backstage-plugin-datasource-auth-common';
import { CredentialFiles } from '../../files/CredentialFiles';
import { Signers } from '../../signing/Signers';
import { ResolvedAuth } from '../../settings/ResolvedSettings';
import { SettingsError } from '../../settings/SettingsError';
import { AuthInput, providerContext } from '../__testUtils__/providerContext';
import { CLIENT_AUTHENTICATIONS } from '.';

const ENDPOINT = 'https://idp.example/token';

async function sent(auth: Partial<AuthInput>) {
  const { auth: resolved } = providerContext({
    grantType: 'client_credentials',
    ...auth,
  });
  return apply(resolved);
}

async function apply(auth: ResolvedAuth) {
  const body = new URLSearchParams();
  const headers = new Headers();
  const method = CLIENT_AUTHENTICATIONS[auth.clientAuthentication];
  const authenticate = await method.authenticate(auth, ENDPOINT, Date.now(), {
    datasource: 'crm',
    origins: [new URL(ENDPOINT).origin],
    files: new CredentialFiles(),
    signers: new Signers(),
  });
  await authenticate(
    { issuer: 'https://issuer.invalid' },
    { client_id: auth.clientId ?? 'none' },
    body,
    headers,
  );
  const authorization = headers.get('authorization');
  return {
    body: Object.fromEntries(body),
    basic:
      authorization &&
      Buffer.from(authorization.replace(/^Basic /, ''), 'base64').toString(
        'utf8',
      ),
  };
}

describe('client authentication', () => {
  it.each<[string, string, string, string]>([
    [
      'unreserved characters as they are',
      'my-client_1.x~',
      'se-cr_et.~',
      'my-client_1.x~:se-cr_et.~',
    ],
    ['a colon', 'a:b', 'c:d', 'a%3Ab:c%3Ad'],
    ['a percent sign', 'id', '50%25', 'id:50%2525'],
    ['a plus and a space', 'id', 'a+b c', 'id:a%2Bb+c'],
    ['letters outside ASCII', 'idé', 'pä', 'id%C3%A9:p%C3%A4'],
    ['one part that needs it, both encoded', 'a b', 'c~d', 'a+b:c%7Ed'],
  ])(
    '[checklist 24] S3.15 Basic form-encodes: %s',
    async (_, clientId, clientSecret, expected) => {
      const { basic, body } = await sent({ clientId, clientSecret });
      expect(basic).toBe(expected);
      expect(body).toEqual({});
    },
  );

  it.each(['a:b c', '50%25', 'a+b', 'pä', 'x-_y'])(
    '[checklist 24] raw Basic sends %s unencoded',
    async clientSecret => {
      const { basic } = await sent({
        clientId: 'id',
        clientSecret,
        clientAuthentication: 'client_secret_basic_raw',
      });
      expect(basic).toBe(`id:${clientSecret}`);
    },
  );

  it.each(['client_secret_basic', 'client_secret_basic_raw'])(
    'sends a secret without a client ID as the user name (%s)',
    async clientAuthentication => {
      const { basic } = await sent({
        clientId: undefined,
        clientSecret: 'api-key',
        clientAuthentication,
      });
      expect(basic).toBe('api-key:');
    },
  );

  it('[checklist 23] S3.15 sends ID and secret in the body, and then no header', async () => {
    expect(await sent({ clientAuthentication: 'client_secret_post' })).toEqual({
      body: { client_id: 'client', client_secret: 'client-secret' },
      basic: null,
    });
  });

  it('[checklist 23] a public client sends only its ID', async () => {
    expect(await sent({ clientAuthentication: 'none' })).toEqual({
      body: { client_id: 'client' },
      basic: null,
    });
  });

  describe('private_key_jwt', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const ed = generateKeyPairSync('ed25519');
    const pem = (
      key: typeof rsa.privateKey,
      type: 'pkcs8' | 'pkcs1' | 'sec1' = 'pkcs8',
    ) => key.export({ type: type as 'pkcs8', format: 'pem' }).toString();

    const assertionOf = async (
      clientAssertion: Record<string, unknown>,
      auth: Record<string, unknown> = {},
    ) => {
      const { body, basic } = await sent({
        clientAuthentication: 'private_key_jwt',
        clientAssertion,
        ...auth,
      });
      expect(basic).toBeNull();
      expect(body).toMatchObject({
        client_id: 'client',
        client_assertion_type:
          'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      });
      expect(body.client_secret).toBeUndefined();
      const [header, claims, signature] = body.client_assertion.split('.');
      const decode = (part: string) =>
        JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
      return {
        header: decode(header),
        claims: decode(claims),
        signed: Buffer.from(`${header}.${claims}`),
        signature: Buffer.from(signature, 'base64url'),
      };
    };

    it('[checklist 25] signs an assertion that is valid for a minute, with a new jti, for the endpoint', async () => {
      const clientAssertion = { key: pem(rsa.privateKey), kid: 'k1' };
      const first = await assertionOf(clientAssertion);
      const second = await assertionOf(clientAssertion);
      expect(first.header).toEqual({ alg: 'RS256', kid: 'k1' });
      expect(first.claims).toMatchObject({
        iss: 'client',
        sub: 'client',
        aud: ENDPOINT,
      });
      const now = Date.now() / 1000;
      expect(first.claims.exp - now).toBeLessThanOrEqual(60);
      expect(first.claims.iat).toBeLessThan(now - 29);
      expect(second.claims.jti).not.toBe(first.claims.jti);
      expect(
        verify('sha256', first.signed, rsa.publicKey, first.signature),
      ).toBe(true);
    });

    it('[checklist 25] prefers the configured audience, then the configured issuer', async () => {
      const clientAssertion = { key: pem(rsa.privateKey) };
      const issuer = 'https://idp.example/';
      expect((await assertionOf(clientAssertion, { issuer })).claims.aud).toBe(
        issuer,
      );
      expect(
        (
          await assertionOf(
            { ...clientAssertion, audience: 'https://aud.example' },
            { issuer },
          )
        ).claims.aud,
      ).toBe('https://aud.example');
    });

    it.each<[string, string]>([
      ['RS256', pem(rsa.privateKey, 'pkcs1')],
      ['PS256', pem(rsa.privateKey)],
      ['ES256', pem(ec.privateKey, 'sec1')],
      ['ES256', JSON.stringify(ec.privateKey.export({ format: 'jwk' }))],
      ['EdDSA', pem(ed.privateKey)],
    ])('signs with %s', async (alg, privateKey) => {
      expect((await assertionOf({ key: privateKey, alg })).header.alg).toBe(
        alg,
      );
    });

    it.each([
      ['no key', 'nonsense', 'RS256'],
      ['a key of another kind', pem(ec.privateKey), 'RS256'],
      [
        'a public key',
        rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        'RS256',
      ],
    ])('rejects %s without repeating it', async (_, privateKey, alg) => {
      const error = await assertionOf({ key: privateKey, alg }).catch(
        thrown => thrown,
      );
      expect(error).toBeInstanceOf(SettingsError);
      expect(error.message).toContain(alg);
      expect(error.message).not.toContain(privateKey);
    });

    const encrypted = (format: object) =>
      rsa.privateKey
        .export({
          type: 'pkcs8',
          format: 'pem',
          cipher: 'aes-256-cbc',
          passphrase: 'hush',
          ...format,
        })
        .toString();
    const small = generateKeyPairSync('rsa', { modulusLength: 512 });
    const middle = (text: string) => text.split('\n')[1].slice(0, 40);
    it.each<[string, string, string]>([
      ['a PEM cut short', pem(rsa.privateKey).slice(0, 400), 'RS256'],
      [
        'a PEM with a broken line',
        pem(rsa.privateKey).replace(/M/, '!'),
        'RS256',
      ],
      [
        'a PEM without its end',
        pem(ec.privateKey).replace(/-+END.*/, ''),
        'ES256',
      ],
      ['a key for another algorithm', pem(rsa.privateKey), 'ES256'],
      ['a key on another curve', pem(ec.privateKey), 'ES384'],
      ['an encrypted PKCS#8 key', encrypted({}), 'RS256'],
      ['an encrypted PKCS#1 key', encrypted({ type: 'pkcs1' }), 'RS256'],
      ['a broken JWK', `{"kty":"EC","d":"\n${'s'.repeat(40)}\n`, 'ES256'],
      [
        'a JWK without its parts',
        `{"kty":"RSA","d":\n"${'s'.repeat(39)}"\n}`,
        'RS256',
      ],
      ['a key too small to sign', pem(small.privateKey), 'PS256'],
    ])(
      'threats 38: %s never appears in an error, not even as its cause',
      async (_, privateKey, alg) => {
        const error = await assertionOf({ key: privateKey, alg }).catch(
          thrown => thrown,
        );
        expect(error).toBeInstanceOf(Error);
        const shown = inspect(error, { depth: 10, showHidden: true });
        expect(shown).not.toContain(middle(privateKey));
      },
    );

    it('says what to do about an encrypted key', async () => {
      const key = encrypted({});
      await expect(assertionOf({ key })).rejects.toThrow(
        /encrypted. Enter its passphrase/,
      );
      const wrong = assertionOf({ key, passphrase: 'wrong' });
      await expect(wrong).rejects.toThrow(/can't be decrypted/);
      const { header } = await assertionOf({ key, passphrase: 'hush' });
      expect(header).toEqual({ alg: 'RS256' });
    });

    it('rejects an algorithm with a shared key', async () => {
      await expect(
        assertionOf({ key: pem(rsa.privateKey), alg: 'HS256' }),
      ).rejects.toThrow(
        /HS256 needs no private key. Choose .*client_secret_jwt/,
      );
    });

    it('identifies the key by the thumbprints of its certificate', async () => {
      const { cert, key } = selfSignedCertificate('client.example');
      const { header } = await assertionOf({
        key,
        alg: 'ES256',
        certificate: cert,
      });
      const { raw } = new X509Certificate(cert);
      const digest = (algorithm: string) =>
        createHash(algorithm).update(raw).digest('base64url');
      expect(header).toEqual({
        alg: 'ES256',
        x5t: digest('sha1'),
        'x5t#S256': digest('sha256'),
      });
    });

    it('sends the certificate chain if configured', async () => {
      const { cert, key } = selfSignedCertificate('client.example');
      const issuer = selfSignedCertificate('ca.example').cert;
      const { header } = await assertionOf({
        ...{ key, alg: 'ES256', x5c: true },
        certificate: `${cert}${issuer}`,
      });
      expect(header.x5c).toEqual(
        [cert, issuer].map(each =>
          new X509Certificate(each).raw.toString('base64'),
        ),
      );
    });

    it("threats 38: rejects a certificate that belongs to another key or can't be read", async () => {
      const { cert } = selfSignedCertificate('client.example');
      const other = { key: pem(ec.privateKey), alg: 'ES256' };
      for (const [certificate, message] of [
        [cert, /belongs to another private key/],
        [
          '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
          /certificate can't be read/,
        ],
      ] as const)
        await expect(assertionOf({ ...other, certificate })).rejects.toThrow(
          message,
        );
    });
  });

  it.each(
    CLIENT_AUTHENTICATION_METHODS.filter(
      method =>
        Object.keys(DESCRIPTORS[method].required).length > 0 &&
        // Its connection says it: see tlsClientAuth.test.ts.
        DESCRIPTORS[method].credential !== 'certificate',
    ),
  )('%s says what is missing', async clientAuthentication => {
    await expect(
      sent({ clientSecret: undefined, clientAuthentication }),
    ).rejects.toThrow(SettingsError);
  });
});
