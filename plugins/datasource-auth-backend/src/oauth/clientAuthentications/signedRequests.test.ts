import { generateKeyPairSync } from 'node:crypto';
import { createDemoProvider, DemoProvider } from 'demo-provider';
import { Egress } from '../../egress/Egress';
import { DefaultProviderClient } from '../DefaultProviderClient';
import { providerContext } from '../__testUtils__/providerContext';

const SECRET = 'a-secret-of-at-least-thirty-two-bytes';

describe('signed client authentication with a real authorization server', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
  });
  let provider: DemoProvider;

  beforeAll(async () => {
    // Jest's own copies objects into another realm, where the server doesn't take them for plain ones.
    jest
      .spyOn(globalThis, 'structuredClone')
      .mockImplementation(value => JSON.parse(JSON.stringify(value)));
    const client = {
      secret: SECRET,
      name: 'Signer',
      grants: ['client_credentials' as const],
      scope: 'read write',
    };
    provider = await createDemoProvider({
      clients: [
        { ...client, id: 'secret-jwt', authentication: 'client_secret_jwt' },
        {
          ...{ ...client, id: 'key-jwt', authentication: 'private_key_jwt' },
          keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1' }],
        },
      ],
    });
  });
  afterAll(() => provider.close());

  const token = (auth: Record<string, unknown>) =>
    DefaultProviderClient.create({
      egress: new Egress(
        { allow: ['localhost'], allowHttp: ['localhost'], only: [] },
        { environment: {} },
      ),
    }).requestToken(
      providerContext({
        grantType: 'client_credentials',
        token: { url: `${provider.url}/token` },
        scopes: ['read'],
        ...auth,
      }),
    );

  it('N4 client_secret_jwt signs with the client secret and never sends it', async () => {
    const auth = {
      clientId: 'secret-jwt',
      clientAuthentication: 'client_secret_jwt',
    };
    const { accessToken } = await token({ ...auth, clientSecret: SECRET });
    expect(accessToken).toMatch(/.{20}/);
    const wrong = SECRET.replace('a', 'b');
    await expect(token({ ...auth, clientSecret: wrong })).rejects.toMatchObject(
      {
        diagnosis: { code: 'invalid_client' },
      },
    );
  });

  it('N4 private_key_jwt signs with PS256', async () => {
    const { accessToken } = await token({
      clientId: 'key-jwt',
      clientAuthentication: 'private_key_jwt',
      clientAssertion: {
        key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
        kid: 'k1',
        alg: 'PS256',
      },
    });
    expect(accessToken).toMatch(/.{20}/);
  });
});
