import {
  CLIENT_AUTHENTICATION_METHODS,
  ClientCredential,
  clientCredentialOf,
  diagnosisTexts,
} from 'backstage-plugin-datasource-auth-common';
import { Egress } from '../egress/Egress';
import { selfSignedCertificate } from '../egress/__testUtils__/selfSignedCertificate';
import { clientRejected } from './clientCredentialTexts';
import { DefaultProviderClient } from './DefaultProviderClient';
import { OAUTH_CODES } from './diagnosisCodes';
import { OAuthExchangeError } from './OAuthExchangeError';
import { ProviderContext } from '../settings/ResolvedSettings';
import { ASSERTION_FILES } from './__testUtils__/assertionFiles';
import { providerContext } from './__testUtils__/providerContext';

const VERIFIER = 'v'.repeat(43);
const TOKENS = { refreshToken: 'rt' };

type Run = (
  client: DefaultProviderClient,
  context: ProviderContext,
) => Promise<unknown>;

const STEPS: Record<string, Run> = {
  authorization_code: (client, context) =>
    client.exchangeCode(context, { code: 'c', codeVerifier: VERIFIER }),
  client_credentials: (client, context) => client.requestToken(context),
  password: (client, context) => client.requestToken(context),
  refresh: (client, context) => client.refresh(context, TOKENS),
  revoke: (client, context) => client.revoke(context, TOKENS),
  push: (client, context) =>
    client.authorizeRequest(context, { state: 's', codeVerifier: VERIFIER }),
};

/** Everything that a provider refuses with: each error code, and statuses without one. */
const REFUSALS: Array<() => Response> = [
  ...OAUTH_CODES.flatMap(error => [
    () => Response.json({ error }, { status: 400 }),
    () => Response.json({ error }, { status: 401 }),
  ]),
  ...[400, 401, 403, 404, 405, 415, 500].flatMap(status => [
    () => new Response(null, { status }),
    () =>
      new Response('<html>', {
        status,
        headers: { 'content-type': 'text/html' },
      }),
  ]),
  // The words of one provider for an expired secret.
  () =>
    Response.json(
      { error: 'invalid_client', error_description: 'AADSTS7000222: old' },
      { status: 401 },
    ),
];

type Key = { key: string; alg: string; certificate?: string; file: string };

function contextOf(method: string, step: string, clientAssertion: Key) {
  const grants = ['client_credentials', 'password'];
  return providerContext({
    grantType: grants.includes(step) ? step : 'authorization_code',
    clientAuthentication: method,
    clientSecret: 'client-secret-of-thirty-two-bytes',
    ...{ username: 'jane', password: 'p' },
    authorize: {
      url: 'https://idp.example/authorize',
      pushedRequestUrl: 'https://idp.example/par',
    },
    token: { url: 'https://idp.example/token' },
    revoke: { url: 'https://idp.example/revoke' },
    clientAssertion,
  });
}

/** What a client with these settings reads, whatever a provider refuses it with. */
async function texts(method: string, key: Key): Promise<string[]> {
  const read: string[] = [];
  for (const [step, run] of Object.entries(STEPS))
    for (const refusal of REFUSALS) {
      const egress = {
        check: () => {},
        fetch: async () => refusal(),
      } as unknown as Egress;
      const error = await run(
        DefaultProviderClient.create({ egress, files: ASSERTION_FILES }),
        contextOf(method, step, key),
      ).catch((thrown: unknown) => thrown);
      if (!(error instanceof OAuthExchangeError)) continue;
      const { title, cause, remedy } = error.diagnosis;
      read.push(`${title} ${cause} ${remedy}`);
    }
  return read;
}

const CERTIFIED: [string, ClientCredential] = [
  'private_key_jwt',
  'certificate',
];
const NAMED = ['client secret', 'private key', 'certificate'];
const OWN: Record<ClientCredential, string[]> = {
  clientSecret: ['client secret'],
  privateKey: ['private key'],
  certificate: ['certificate', 'private key'],
  file: [],
  none: [],
};

const cases = CLIENT_AUTHENTICATION_METHODS.flatMap(
  (method): Array<[string, ClientCredential]> => {
    const credential = clientCredentialOf({ clientAuthentication: method });
    const key = credential === 'privateKey';
    return [[method, credential], ...(key ? [CERTIFIED] : [])];
  },
);

describe('texts about a rejected client', () => {
  it.each(cases)(
    'name only its kind of credential: %s with %s',
    async (method, credential) => {
      const { key, cert } = selfSignedCertificate('client.example');
      const clientAssertion = {
        key,
        alg: 'ES256',
        file: 'entra',
        certificate: credential === 'certificate' ? cert : undefined,
      };
      const read = await texts(method, clientAssertion);
      expect(read.length).toBeGreaterThan(300);
      const named = read.flatMap(text =>
        NAMED.filter(name => text.includes(name)),
      );
      expect([...new Set(named)].sort()).toEqual(OWN[credential]);
      const secrets = read.filter(text => /\bsecret\b/i.test(text));
      expect(secrets.length > 0).toBe(
        ['clientSecret', 'none'].includes(credential),
      );
    },
  );

  it('name only the secret if the client has no ID', () => {
    expect(clientRejected('clientSecret', '')).toEqual(
      diagnosisTexts('clientSecretAloneRejected'),
    );
  });
});
