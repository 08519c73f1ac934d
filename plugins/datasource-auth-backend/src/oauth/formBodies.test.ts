import { CLIENT_AUTHENTICATION_METHODS } from 'backstage-plugin-datasource-auth-common';
import { generateKeyPairSync } from 'node:crypto';
import { Egress } from '../egress/Egress';
import { LocalServer, json } from '../egress/__testUtils__/LocalServer';
import { selfSignedCertificate } from '../egress/__testUtils__/selfSignedCertificate';
import { DefaultProviderClient } from './DefaultProviderClient';
import { ProviderContext } from '../settings/ResolvedSettings';
import { forbidGlobalFetch } from './__testUtils__/noGlobalFetch';
import { ASSERTION_FILES } from './__testUtils__/assertionFiles';
import { providerContext } from './__testUtils__/providerContext';

const VERIFIER = 'v'.repeat(43);
const { privateKey } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

const { cert, key } = selfSignedCertificate('client.example');
const clientCertificate = { certificate: cert, key };

interface Step {
  grantType?: string;
  run: (
    client: DefaultProviderClient,
    context: ProviderContext,
  ) => Promise<unknown>;
}

/** Every request with a body that the backend sends to an authorization server, by the path it goes to. */
const STEPS: Record<string, Step> = {
  '/token?code': {
    run: (client, context) =>
      client.exchangeCode(context, { code: 'c', codeVerifier: VERIFIER }),
  },
  '/token?client_credentials': {
    grantType: 'client_credentials',
    run: (client, context) => client.requestToken(context),
  },
  '/token?password': {
    grantType: 'password',
    run: (client, context) => client.requestToken(context),
  },
  '/refresh': {
    run: (client, context) => client.refresh(context, { refreshToken: 'rt' }),
  },
  '/revoke': {
    run: (client, context) => client.revoke(context, { refreshToken: 'rt' }),
  },
  '/push': {
    run: (client, context) =>
      client.authorizeRequest(context, { state: 's', codeVerifier: VERIFIER }),
  },
};

const everyRequest = Object.keys(STEPS).flatMap(step =>
  CLIENT_AUTHENTICATION_METHODS.map(method => [step, method] as const),
);

describe('a form sent to a provider', () => {
  forbidGlobalFetch();

  let server: LocalServer;
  beforeEach(async () => {
    server = await LocalServer.start(
      json({
        ...{ access_token: 'at', token_type: 'bearer' },
        ...{ request_uri: 'urn:x:1', expires_in: 60 },
      }),
    );
  });
  afterEach(() => server.stop());

  // RFC 6749 appendix B: the media type has no parameters, and servers refuse a charset.
  it.each(everyRequest)(
    'has its exact media type: %s with %s',
    async (step, clientAuthentication) => {
      const { grantType = 'authorization_code', run } = STEPS[step];
      const client = DefaultProviderClient.create({
        files: ASSERTION_FILES,
        egress: new Egress(
          { allow: ['127.0.0.0/8'], allowHttp: ['127.0.0.1'], only: [] },
          { environment: {} },
        ),
      });
      const context = providerContext({
        grantType,
        clientAuthentication,
        clientSecret: 'client-secret-of-thirty-two-bytes',
        clientAssertion: { key: privateKey, alg: 'ES256', file: 'entra' },
        ...{ username: 'jane', password: 'pä ss' },
        authorize: {
          url: `${server.url}/authorize`,
          pushedRequestUrl: `${server.url}/push`,
        },
        token: { url: `${server.url}/token` },
        refresh: { url: `${server.url}/refresh` },
        revoke: { url: `${server.url}/revoke` },
      });
      await run(client, { ...context, clientCertificate });
      expect(
        server.requests.map(({ method, path, headers, body }) => [
          method,
          path,
          headers['content-type'],
          body.includes('='),
        ]),
      ).toEqual([
        ['POST', step.split('?')[0], 'application/x-www-form-urlencoded', true],
      ]);
    },
  );
});
