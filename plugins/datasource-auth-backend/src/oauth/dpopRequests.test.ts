import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt } from 'jose';
import { Egress } from '../egress/Egress';
import { json, LocalServer } from '../egress/__testUtils__/LocalServer';
import { createDpopKey } from '../signing/dpopProof';
import { DefaultProviderClient } from './DefaultProviderClient';
import { OAuthExchangeError } from './OAuthExchangeError';
import { AuthInput, providerContext } from './__testUtils__/providerContext';

const BOUND = { access_token: 'at', token_type: 'DPoP', expires_in: 60 };

describe('N6, RFC 9449 sections 5 and 8: requests of bound tokens', () => {
  let server: LocalServer;
  let client: DefaultProviderClient;

  beforeEach(async () => {
    server = await LocalServer.start(json(BOUND));
    client = DefaultProviderClient.create({
      egress: new Egress(
        { allow: ['127.0.0.1'], allowHttp: ['127.0.0.1'], only: [] },
        { environment: {} },
      ),
    });
  });
  afterEach(() => server.stop());

  const context = (auth: Partial<AuthInput> = {}) => ({
    ...providerContext({
      grantType: 'client_credentials',
      ...auth,
      token: { url: `${server.url}/token?tenant=1`, ...(auth.token as object) },
    }),
    senderConstraint: 'dpop' as const,
  });
  const failure = async (promise: Promise<unknown>) => {
    const error = await promise.catch(thrown => thrown);
    expect(error).toBeInstanceOf(OAuthExchangeError);
    return error as OAuthExchangeError;
  };
  const proofs = () =>
    server.requests.map(({ headers }) => decodeJwt(String(headers.dpop)));

  it('have a proof of the method and URL on the wire, and return the key to be stored', async () => {
    const tokens = await client.requestToken(
      context({ token: { method: 'GET' } }),
    );
    expect(proofs()).toEqual([
      expect.objectContaining({ htm: 'GET', htu: `${server.url}/token` }),
    ]);
    expect(tokens).toMatchObject({ accessToken: 'at', tokenType: 'DPoP' });
    expect(tokens.dpopKey).toMatchObject({ kty: 'EC', crv: 'P-256' });
    const dpopKey = await createDpopKey();
    const refreshed = await client.refresh(
      { ...context(), dpopKey },
      { refreshToken: 'rt' },
    );
    expect(refreshed.dpopKey).toEqual(dpopKey);
  });

  it('are sent once more with the nonce of the response, with another assertion', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    server.behave((response, request) => {
      const { nonce } = decodeJwt(String(request.headers.dpop));
      const behavior =
        nonce === 'n1'
          ? json(BOUND, 200, { 'dpop-nonce': 'n2' })
          : json({ error: 'use_dpop_nonce' }, 400, { 'dpop-nonce': 'n1' });
      return behavior(response, request);
    });
    await client.requestToken(
      context({
        clientAuthentication: 'private_key_jwt',
        clientAssertion: {
          alg: 'ES256',
          key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
        },
      }),
    );
    expect(proofs().map(({ nonce }) => nonce)).toEqual([undefined, 'n1']);
    const assertions = server.requests.map(
      ({ form }) => decodeJwt(form.get('client_assertion')!).jti,
    );
    expect(new Set(assertions).size).toBe(2);
    // A successful response has the nonce of the next request.
    await client.refresh(context(), { refreshToken: 'rt' });
    expect(proofs()[2].nonce).toBe('n2');
  });

  it('fail with the reason if the server rejects its own nonce, and are not sent a third time', async () => {
    let count = 0;
    server.behave((response, request) => {
      count += 1;
      const description = `proof ${request.headers.dpop}`;
      json(
        { error: 'use_dpop_nonce', error_description: description },
        ...([400, { 'dpop-nonce': `n${count}` }] as const),
      )(response, request);
    });
    const { diagnosis, outcome } = await failure(
      client.refresh(context(), { refreshToken: 'rt' }),
    );
    expect(server.requests).toHaveLength(2);
    expect(diagnosis).toMatchObject({
      code: 'use_dpop_nonce',
      title: 'The provider rejected its own DPoP nonce',
      retryable: true,
    });
    expect(outcome).toBe('answered');
    // threats 30: not even a proof that the provider repeats.
    const [, proof] = server.requests.map(({ headers }) => headers.dpop);
    expect(JSON.stringify(diagnosis)).not.toContain(proof);
  });

  it.each([
    ['is sent once more if the clock of the server differs', 300, 2],
    ['is not sent again if it does not', 0, 1],
  ])('a proof that is refused %s', async (_, ahead, sent) => {
    server.behave((...exchange) =>
      json({ error: 'invalid_dpop_proof' }, 400, {
        date: new Date(Date.now() + ahead * 1_000).toUTCString(),
      })(...exchange),
    );
    const { diagnosis } = await failure(client.requestToken(context()));
    expect(diagnosis.title).toBe('The provider rejected the DPoP proof');
    expect(server.requests).toHaveLength(sent);
    const [first, last = first] = proofs();
    expect(Math.abs(last.iat! - first.iat! - ahead)).toBeLessThan(10);
  });

  it('have a proof in a further request, and none in a revocation', async () => {
    await client.requestToken(
      context({
        token: {
          url: `${server.url}/login`,
          then: { url: `${server.url}/exchange` },
        },
      }),
    );
    expect(proofs().map(({ htu }) => htu)).toEqual([
      `${server.url}/login`,
      `${server.url}/exchange`,
    ]);
    const revoke = { url: `${server.url}/revoke` };
    const dpopKey = await createDpopKey();
    await client.revoke(
      { ...context({ revoke }), dpopKey },
      { accessToken: 'at' },
    );
    expect(server.last.path).toBe('/revoke');
    expect(server.last.headers.dpop).toBeUndefined();
  });

  it('accept a response that only prolongs a bound token, but no bearer token', async () => {
    const prolonging = context({ refresh: { keepsAccessToken: true } });
    const tokens = { refreshToken: '', accessToken: 'kept' };
    server.behave(json({ expires_in: 60 }));
    const prolonged = await client.refresh(prolonging, tokens);
    expect(prolonged).toMatchObject({ accessToken: 'kept', tokenType: 'DPoP' });
    for (const token_type of ['bearer', undefined]) {
      server.behave(json({ access_token: 'new', token_type }));
      const { diagnosis } = await failure(client.refresh(prolonging, tokens));
      expect(diagnosis.title).toBe('The token is not bound with DPoP');
    }
  });

  it('have no proof without the setting', async () => {
    server.behave(json({ ...BOUND, token_type: 'Bearer' }));
    const plain = { ...context(), senderConstraint: undefined };
    expect((await client.requestToken(plain)).dpopKey).toBeUndefined();
    expect(server.last.headers.dpop).toBeUndefined();
  });
});
