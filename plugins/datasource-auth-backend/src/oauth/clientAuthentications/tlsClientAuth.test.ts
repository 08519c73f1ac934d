import { inspect } from 'node:util';
import { MutualTlsServer } from '../../egress/__testUtils__/MutualTlsServer';
import { selfSignedCertificate } from '../../egress/__testUtils__/selfSignedCertificate';
import { Egress } from '../../egress/Egress';
import { DefaultProviderClient } from '../DefaultProviderClient';
import { providerContext } from '../__testUtils__/providerContext';

jest.setTimeout(30_000);

describe('N4, RFC 8705 section 2: client authentication with a certificate, at a server that demands it', () => {
  let provider: MutualTlsServer;
  const ours = MutualTlsServer.client('ours.test');

  beforeAll(async () => {
    provider = await MutualTlsServer.start(({ target }) =>
      target === '/par'
        ? { status: 201, body: { request_uri: 'urn:x', expires_in: 60 } }
        : {
            body: {
              access_token: 'token-1',
              token_type: 'Bearer',
              refresh_token: 'refresh-1',
            },
          },
    );
  });
  beforeEach(() => {
    provider.requests.length = 0;
  });
  afterAll(() => provider.stop());

  const client = () =>
    DefaultProviderClient.create({
      egress: new Egress(
        {
          ...{ allow: ['localhost'], allowHttp: [], only: [] },
          ca: MutualTlsServer.authority,
        },
        { environment: {} },
      ),
    });
  const context = (
    auth: Record<string, unknown> = {},
    clientCertificate: object | undefined = ours,
  ) => ({
    ...providerContext({
      grantType: 'client_credentials',
      clientAuthentication: 'tls_client_auth',
      authorize: {
        url: `${provider.url}/authorize`,
        pushedRequestUrl: `${provider.url}/par`,
      },
      token: { url: `${provider.url}/token` },
      revoke: { url: `${provider.url}/revoke` },
      ...auth,
    }),
    clientCertificate,
  });

  it('shows it to the token, refresh, revocation and pushed endpoints, with the client ID and without a secret', async () => {
    const own = client();
    await own.requestToken(context());
    await own.refresh(context(), { refreshToken: 'refresh-1' });
    await own.revoke(context(), { accessToken: 'token-1' });
    await own.authorizeRequest(context({ grantType: 'authorization_code' }), {
      ...{ state: 's', nonce: 'n' },
      codeVerifier: 'v'.repeat(43),
    });
    expect(provider.calls).toEqual([
      'ours.test: POST /token',
      'ours.test: POST /token',
      'ours.test: POST /revoke',
      'ours.test: POST /par',
    ]);
    for (const { form, headers } of provider.requests) {
      expect(form.get('client_id')).toBe('client');
      expect(form.has('client_secret')).toBe(false);
      expect(headers.authorization).toBeUndefined();
    }
  });

  it('shows it only in a refresh if only that authenticates so', async () => {
    const auth = {
      clientAuthentication: 'client_secret_post',
      refresh: { clientAuthentication: 'tls_client_auth' },
    };
    await client().refresh(context(auth), { refreshToken: 'refresh-1' });
    expect(provider.calls).toEqual(['ours.test: POST /token']);
    await expect(client().requestToken(context(auth))).rejects.toThrow();
    expect(provider.requests).toHaveLength(1);
  });

  it('N6, RFC 8705 section 3: shows it to every endpoint if tokens are bound to it, whatever the client authentication', async () => {
    const own = client();
    const bound = (auth: object) => ({
      ...context({ clientAuthentication: 'none', ...auth }),
      senderConstraint: 'mtls' as const,
    });
    const grantType = 'authorization_code';
    await own.requestToken(bound({}));
    await own.refresh(bound({}), { refreshToken: 'refresh-1' });
    await own.revoke(bound({}), { accessToken: 'token-1' });
    await own.authorizeRequest(bound({ grantType }), {
      ...{ state: 's', nonce: 'n' },
      codeVerifier: 'v'.repeat(43),
    });
    const url = `${provider.url}/token`;
    await own.requestToken(bound({ token: { url, then: { url } } }));
    expect(provider.calls).toEqual([
      'ours.test: POST /token',
      'ours.test: POST /token',
      'ours.test: POST /revoke',
      'ours.test: POST /par',
      'ours.test: POST /token',
      'ours.test: POST /token',
    ]);
    const missing = { ...bound({}), clientCertificate: undefined };
    await expect(own.requestToken(missing)).rejects.toMatchObject({
      diagnosis: {
        cause: expect.stringMatching(/needs a client certificate/),
      },
    });
  });

  it('does not show it in the further request, which authenticates in its own way', async () => {
    const then = { url: `${provider.url}/then` };
    await expect(
      client().requestToken(
        context({ token: { url: `${provider.url}/token`, then } }),
      ),
    ).rejects.toThrow();
    expect(provider.calls).toEqual(['ours.test: POST /token']);
  });

  it.each<[string, object | undefined, RegExp]>([
    ['no certificate', {}, /client certificate and its private key/],
    [
      'a certificate without its key',
      { certificate: ours.certificate },
      /client certificate and its private key/,
    ],
    [
      'the key of another certificate',
      { ...ours, key: MutualTlsServer.client('other.test').key },
      /belongs to another private key/,
    ],
    [
      'an expired certificate',
      MutualTlsServer.client('old.test', '240131000000Z'),
      /expired on 31 January 2024\. Enter a new certificate/,
    ],
  ])('threats 38: explains %s, and sends nothing', async (_, given, text) => {
    const failure: any = await client()
      .requestToken(context({}, given))
      .catch(error => error);
    expect(failure.diagnosis.cause).toMatch(text);
    expect(failure.outcome).toBe('not_sent');
    expect(inspect(failure, { depth: 10 })).not.toContain('PRIVATE KEY');
    expect(provider.requests).toEqual([]);
  });

  it("fails at a provider that doesn't know the authority of the certificate", async () => {
    const foreign = await client()
      .requestToken(context({}, stranger()))
      .catch(error => error);
    // TLS 1.3 reports it after the handshake, and the server may have closed the connection by then.
    expect(['tls', 'connect']).toContain(foreign.diagnosis.code);
    expect(provider.requests).toEqual([]);
  });
});

/** A certificate of an authority that the server doesn't know. */
function stranger() {
  const { cert, key } = selfSignedCertificate('stranger.test');
  return { certificate: cert, key };
}
