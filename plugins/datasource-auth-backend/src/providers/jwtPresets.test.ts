import { generateKeyPairSync } from 'node:crypto';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { presetSettings } from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { Egress } from '../egress/Egress';
import { json, LocalServer } from '../egress/__testUtils__/LocalServer';
import { DefaultProviderClient } from '../oauth/DefaultProviderClient';
import { ProviderContext } from '../settings/ResolvedSettings';
import { oauthOf } from '../settings/oauthOf';
import { PresetRegistry } from './PresetRegistry';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
});
const KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

interface Expected {
  /** Path of the token request. */
  path: string;
  /** Claims of the assertion. */
  claims: Record<string, unknown>;
  /** Claims that it doesn't have. */
  without?: string[];
  /** Parameters beside the assertion, or JSON in their place. */
  form?: Record<string, string>;
  json?: object;
  /** The response, and where the token is in it. */
  response?: object;
}

/** The wire form of each preset, with the example of each instance value. */
const EXPECTED: Record<string, Expected> = {
  'box-jwt': {
    path: '/oauth2/token',
    claims: {
      iss: 'client',
      sub: '123456',
      box_sub_type: 'enterprise',
      aud: '{url}',
    },
    form: {
      grant_type: GRANT,
      client_id: 'client',
      client_secret: 'client-secret',
    },
  },
  'docusign-jwt': {
    path: '/oauth/token',
    claims: {
      iss: '7c2b8d7e-83c3-4940-af5e-cda8a50dd73f',
      sub: '464f7988-xxxx-xxxx-xxxx-781ee556ab7a',
      aud: 'account-d.docusign.com',
      scope: 'signature impersonation',
    },
    form: { grant_type: GRANT, scope: 'signature impersonation' },
  },
  'github-app-installation': {
    path: '/app/installations/12345678/access_tokens',
    claims: { iss: 'Iv23liabcdefghijklmn' },
    without: ['aud', 'sub'],
    json: {
      repositories: ['website'],
      permissions: { contents: 'read', metadata: 'read' },
    },
    response: {
      token: 'AT',
      expires_at: new Date(Date.now() + 3_600_000).toISOString(),
    },
  },
  'google-service-account': {
    path: '/token',
    claims: {
      iss: 'robot@project.iam.gserviceaccount.com',
      aud: '{url}',
      scope: 'https://www.googleapis.com/auth/cloud-platform',
    },
    without: ['sub'],
    form: {
      grant_type: GRANT,
      scope: 'https://www.googleapis.com/auth/cloud-platform',
    },
  },
  'salesforce-jwt': {
    path: '/services/oauth2/token',
    claims: {
      iss: '3MVG99OxTyEMCQ3gNp2PjkqeZKxnmAiG1xV4oHh9AKL',
      sub: 'robot@acme.example',
      aud: 'https://test.salesforce.com',
    },
    form: { grant_type: GRANT },
  },
  'servicenow-jwt': {
    path: '/oauth_token.do',
    claims: { iss: 'client', sub: 'robot@acme.example', aud: '{url}' },
    form: {
      grant_type: GRANT,
      client_id: 'client',
      client_secret: 'client-secret',
    },
  },
};

describe('N3: the presets with a signed JWT', () => {
  const registry = new PresetRegistry();
  let server: LocalServer;
  let client: DefaultProviderClient;

  beforeAll(async () => {
    server = await LocalServer.start(json({}));
  });
  // A new one knows nothing of the server's clock, so its JWTs have the times of ours.
  beforeEach(() => {
    const egress = new Egress(
      { allow: ['127.0.0.0/8'], allowHttp: ['127.0.0.1'], only: [] },
      { environment: {} },
    );
    client = DefaultProviderClient.create({ egress });
  });
  afterAll(async () => {
    await server.stop();
  });

  it('are all driven here', async () => {
    const driven = (await registry.list()).filter(({ ways }) =>
      ways.includes('jwt_bearer'),
    );
    expect(driven.map(({ id }) => id).sort()).toEqual(
      Object.keys(EXPECTED).sort(),
    );
  });

  /** Sends the token request of a preset to the local server. */
  async function drive(
    id: string,
    way: 'jwt_bearer' | 'client_credentials',
    response: object,
  ) {
    const preset = await registry.get(id);
    const instance = Object.fromEntries(
      preset.instance.map(({ name, example }) => [name, example]),
    );
    const draft = presetSettings(preset, { way, instance });
    const path = new URL(
      draft.auth.token!.url!.replace(
        /\{\{[^}]*\}\}/g,
        each => instance[each.slice('{{instance.'.length, -2)],
      ),
    ).pathname;
    const url = `${server.url}${path}`;
    const needsClient = draft.auth.clientAuthentication !== undefined;
    const settings = datasourceSettingsSchema.parse({
      ...draft,
      name: 'sample',
      auth: {
        ...draft.auth,
        ...(needsClient && { clientId: 'client' }),
        clientSecret: 'client-secret',
        token: { ...draft.auth.token, url },
        assertion: { issuer: 'client', ...draft.auth.assertion, key: KEY },
        clientAssertion: {
          ...draft.auth.clientAssertion,
          ...(way === 'client_credentials' && { audience: url, key: KEY }),
        },
      },
    });
    server.behave(json(response));
    const tokens = await client.requestToken({
      name: 'sample',
      auth: oauthOf(settings),
      instance: settings.instance ?? {},
      kept: {},
      redirectUri: 'https://backstage.example/callback',
    } as unknown as ProviderContext);
    return { tokens, url, last: server.last };
  }

  it.each(Object.entries(EXPECTED))(
    '%s sends its assertion in the form that the provider expects',
    async (id, expected) => {
      const { response = { access_token: 'AT', token_type: 'bearer' } } =
        expected;
      const { tokens, url, last } = await drive(id, 'jwt_bearer', response);
      expect(tokens.accessToken).toBe('AT');
      expect(last.path).toBe(expected.path);
      const { authorization } = last.headers;
      const { assertion, ...form } = Object.fromEntries(last.form);
      expect(expected.json ? JSON.parse(last.body) : form).toEqual(
        expected.json ?? expected.form,
      );
      expect(authorization !== undefined).toBe(expected.json !== undefined);
      const jwt = authorization?.replace(/^Bearer /, '') ?? assertion;
      const { payload, protectedHeader } = await jwtVerify(jwt, publicKey);
      expect(protectedHeader.alg).toBe('RS256');
      expect(payload).toMatchObject(
        JSON.parse(JSON.stringify(expected.claims).replace('{url}', url)),
      );
      for (const claim of expected.without ?? [])
        expect(payload).not.toHaveProperty(claim);
      expect(payload.exp! - Date.now() / 1000).toBeLessThanOrEqual(60);
    },
  );

  it('entra-certificate signs the client assertion with PSS for the token URL', async () => {
    const { url, last } = await drive(
      'entra-certificate',
      'client_credentials',
      { access_token: 'AT', token_type: 'Bearer' },
    );
    expect(last.path).toBe('/contoso.onmicrosoft.com/oauth2/v2.0/token');
    const { client_assertion: jwt, ...form } = Object.fromEntries(last.form);
    expect(form).toEqual({
      grant_type: 'client_credentials',
      client_id: 'client',
      client_assertion_type:
        'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      scope: 'api://11112222-bbbb-3333-cccc-4444dddd5555/.default',
    });
    expect(decodeProtectedHeader(jwt)).toMatchObject({
      alg: 'PS256',
      typ: 'JWT',
    });
    const { payload } = await jwtVerify(jwt, publicKey);
    expect(payload).toMatchObject({ iss: 'client', sub: 'client', aud: url });
  });
});
