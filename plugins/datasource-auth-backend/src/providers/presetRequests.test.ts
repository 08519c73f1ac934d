import { generateKeyPairSync } from 'node:crypto';
import {
  GrantType,
  presetSettings,
  PresetWay,
  replaceTemplates,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { Egress, EgressRequest } from '../egress/Egress';
import { CredentialFiles } from '../files/CredentialFiles';
import { DefaultProviderClient } from '../oauth/DefaultProviderClient';
import { ProviderContext } from '../settings/ResolvedSettings';
import { PresetRegistry } from './PresetRegistry';

/*
 * The requests of each preset: the browser's URL and the token, refresh and revocation requests, built by the real
 * client. A recorder replaces the network and responds in the provider's dialect.
 */

interface Recorded {
  url: URL;
  method: string;
  headers: Record<string, string>;
  parameters: Record<string, string>;
}

const registry = new PresetRegistry();
const STEP = {
  state: 'the-state',
  nonce: 'the-nonce',
  codeVerifier: 'v'.repeat(43),
};

/** Ways with tests of their own: what a signed JWT or an API gets isn't a matter of parameters. */
const DRIVEN_ELSEWHERE: readonly PresetWay[] = ['static', 'jwt_bearer'];

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** A client secret that form-encoding changes, to distinguish the two kinds of Basic. */
const SECRET = 'p+ss/w:rd';

/** The content of a file, which another system signed. */
const FEDERATED = 'signed.by.kubernetes';

async function speak(
  id: string,
  options: { grantType?: GrantType; answer?: Record<string, unknown> } = {},
) {
  const preset = await registry.get(id);
  const { grantType = preset.ways[0] as GrantType } = options;
  const instance = Object.fromEntries(
    preset.instance.map(field => [field.name, field.example]),
  );
  const draft = presetSettings(preset, { way: grantType, instance });
  const parsed = datasourceSettingsSchema.parse({
    ...draft,
    name: 'sample',
    auth: {
      ...draft.auth,
      clientId: 'client',
      clientSecret: SECRET,
      ...(draft.auth.clientAssertion && {
        clientAssertion: { ...draft.auth.clientAssertion, key: privateKey },
      }),
      ...(draft.auth.clientAuthentication === 'federated_assertion' && {
        clientAssertion: { file: 'a-file' },
      }),
      ...(grantType === 'password' && { username: 'u', password: 'p' }),
      // The generic presets have no URLs
      authorize: {
        url: 'https://as.example/authorize',
        ...draft.auth.authorize,
      },
      token: { url: 'https://as.example/token', ...draft.auth.token },
    },
  });
  const context = {
    name: 'sample',
    auth: parsed.auth,
    instance: parsed.instance ?? {},
    kept: {},
    redirectUri: 'https://backstage.example/callback',
  } as ProviderContext;

  const requests: Recorded[] = [];
  const egress = {
    check: () => {},
    fetch: async (address: string, request: EgressRequest) => {
      request.onSend?.();
      const url = new URL(address);
      const json = request.headers?.['content-type'] === 'application/json';
      requests.push({
        url,
        method: request.method!,
        headers: request.headers!,
        parameters: json
          ? JSON.parse(String(request.body))
          : Object.fromEntries(new URLSearchParams(String(request.body))),
      });
      return Response.json(options.answer ?? answerOf(context));
    },
  } as unknown as Egress;
  const files = {
    read: async () => ({ text: FEDERATED }),
  } as unknown as CredentialFiles;
  const client = DefaultProviderClient.create({ egress, files });
  return { preset, context, client, requests, grantType };
}

/** Builds a response with the tokens in the provider's places. */
function answerOf({
  auth,
  instance,
}: ProviderContext): Record<string, unknown> {
  const { response } = auth;
  const answer: Record<string, unknown> = {};
  put(answer, response.accessToken, 'AT');
  put(answer, response.refreshToken, 'RT');
  put(answer, response.tokenType ?? 'token_type', response.tokenTypes[0]);
  if (response.success)
    put(answer, response.success.path, response.success.equals);
  if (auth.issuer && auth.scopes.includes('openid'))
    answer.id_token = idTokenOf(
      replaceTemplates(
        auth.issuer,
        expression => instance[expression.slice('instance.'.length)],
      ),
    );
  return answer;
}

function put(target: any, path: string, value: unknown) {
  const keys = path.split('.');
  const last = keys.pop()!;
  const parent = keys.reduce((node, key) => (node[key] ??= {}), target);
  parent[last] = value;
}

function idTokenOf(issuer: string): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: object) =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iss: issuer,
    aud: 'client',
    sub: 'alice',
    nonce: STEP.nonce,
    iat: now,
    exp: now + 60,
  };
  return `${part({ alg: 'RS256' })}.${part(claims)}.c2ln`;
}

async function authorizeUrl(id: string): Promise<URL> {
  const { client, context } = await speak(id, {
    grantType: 'authorization_code',
  });
  const request = await client.authorizeRequest(context, STEP);
  return new URL(request.url);
}

async function tokenRequest(id: string, grantType: GrantType) {
  const { client, context, requests } = await speak(id, { grantType });
  if (grantType === 'authorization_code')
    await client.exchangeCode(context, { code: 'the-code', ...STEP });
  else await client.requestToken(context);
  return requests[0];
}

/** Returns how a request authenticates the client. Exactly one way is allowed (RFC 6749 section 2.3). */
function authenticationOf({ headers, parameters }: Recorded): string {
  const basic = headers.authorization?.startsWith('Basic ');
  const body = 'client_secret' in parameters;
  if (basic && body) return 'both';
  if (basic) return 'client_secret_basic';
  if (parameters.client_assertion === FEDERATED) return 'federated_assertion';
  if ('client_assertion' in parameters) return 'private_key_jwt';
  return body ? 'client_secret_post' : 'none';
}

async function everyGrant(): Promise<Array<[string, GrantType]>> {
  return (await registry.list()).flatMap(preset =>
    preset.ways
      .filter((way): way is GrantType => !DRIVEN_ELSEWHERE.includes(way))
      .map(grant => [preset.id, grant] as [string, GrantType]),
  );
}

describe('the requests of the presets', () => {
  it('send the browser to a URL without templates, with a protected code flow', async () => {
    for (const [id, grantType] of await everyGrant()) {
      if (grantType !== 'authorization_code') continue;
      const { client, context } = await speak(id, { grantType });
      const { auth } = context;
      const request = await client.authorizeRequest(context, STEP);
      const url = new URL(request.url);
      const { searchParams: sent } = url;
      expect([
        id,
        url.protocol,
        /[{}]/.test(decodeURIComponent(url.href)),
      ]).toEqual([id, 'https:', false]);
      expect(Object.fromEntries(sent)).toMatchObject({
        response_type: 'code',
        client_id: 'client',
        redirect_uri: 'https://backstage.example/callback',
        state: 'the-state',
        ...(auth.pkce === 'S256' && { code_challenge_method: 'S256' }),
      });
      expect([id, sent.has('code_challenge')]).toEqual([
        id,
        auth.pkce === 'S256',
      ]);
      const scope = sent.get(auth.authorize.rename?.scope ?? 'scope');
      expect([id, scope]).toEqual([
        id,
        auth.scopes.length ? auth.scopes.join(auth.scopeSeparator) : null,
      ]);
    }
  });

  it('request a token once, with one client authentication, and read it from the response', async () => {
    for (const [id, grantType] of await everyGrant()) {
      const { client, context, requests } = await speak(id, { grantType });
      const answer =
        grantType === 'authorization_code'
          ? await client.exchangeCode(context, { code: 'the-code', ...STEP })
          : await client.requestToken(context);
      expect([id, grantType, answer.accessToken]).toEqual([
        id,
        grantType,
        'AT',
      ]);
      expect(requests).toHaveLength(1);
      const [request] = requests;
      expect([id, request.method, request.url.protocol]).toEqual([
        id,
        'POST',
        'https:',
      ]);
      expect([id, /[{}]/.test(decodeURIComponent(request.url.href))]).toEqual([
        id,
        false,
      ]);
      expect([id, authenticationOf(request)]).toEqual([
        id,
        context.auth.clientAuthentication,
      ]);
      expect([id, request.parameters.grant_type]).toEqual([
        id,
        context.auth.token.grantType ?? grantType,
      ]);
      expect(JSON.stringify(request.parameters)).not.toMatch(/\{\{/);
    }
  });

  it('refresh where the provider issues refresh tokens, with the standard grant', async () => {
    const withRedirectUri: string[] = [];
    for (const [id, grantType] of await everyGrant()) {
      if (grantType !== 'authorization_code') continue;
      const { client, context, requests } = await speak(id, { grantType });
      const { auth } = context;
      // Only the first response has an ID token to check against a nonce
      delete (auth as { issuer?: string }).issuer;
      await client.refresh(context, { refreshToken: 'OLD' });
      expect([id, requests[0].parameters.grant_type]).toEqual([
        id,
        'refresh_token',
      ]);
      expect([id, requests[0].parameters.refresh_token]).toEqual([id, 'OLD']);
      if ('redirect_uri' in requests[0].parameters) withRedirectUri.push(id);
      expect([id, authenticationOf(requests[0])]).toEqual([
        id,
        auth.clientAuthentication,
      ]);
    }
    expect(withRedirectUri).toEqual(['zoho']);
  });

  it('match the Okta example: Basic, client_credentials, custom authorization server (S1.14)', async () => {
    const request = await tokenRequest('okta', 'client_credentials');
    expect(request.url.href).toBe(
      'https://acme.okta.com/oauth2/default/v1/token',
    );
    expect(request.headers['content-type']).toBe(
      'application/x-www-form-urlencoded',
    );
    expect(request.headers.authorization).toBe(
      `Basic ${btoa(`client:${encodeURIComponent(SECRET)}`)}`,
    );
    expect(request.parameters).toEqual({ grant_type: 'client_credentials' });
  });

  it('request a ServiceNow token with user name and password (S2.3)', async () => {
    const request = await tokenRequest('servicenow', 'password');
    expect(request.url.href).toBe(
      'https://acme.service-now.com/oauth_token.do',
    );
    expect(request.parameters).toMatchObject({
      grant_type: 'password',
      username: 'u',
      password: 'p',
    });
  });

  it('request JSON from GitHub and recognize an error with status 200', async () => {
    const { client, context, requests } = await speak('github', {
      answer: { error: 'bad_verification_code' },
    });
    await expect(
      client.exchangeCode(context, { code: 'x', ...STEP }),
    ).rejects.toMatchObject({ outcome: 'refused' });
    expect(requests[0].headers.accept).toBe('application/json');
  });

  it('treat a Slack 200 that is not ok as an error, and find the user token', async () => {
    const url = await authorizeUrl('slack-user');
    expect(url.searchParams.has('scope')).toBe(false);
    const { client, context } = await speak('slack-user', {
      answer: { ok: false, error: 'invalid_code' },
    });
    await expect(
      client.exchangeCode(context, { code: 'x', ...STEP }),
    ).rejects.toMatchObject({ outcome: 'refused' });
    const granted = await speak('slack-user', {
      answer: {
        ok: true,
        team: { id: 'T1' },
        authed_user: {
          id: 'U1',
          access_token: 'xoxp-1',
          token_type: 'user',
          scope: 'search:read,users:read',
        },
      },
    });
    await expect(
      granted.client.exchangeCode(granted.context, { code: 'x', ...STEP }),
    ).resolves.toMatchObject({
      accessToken: 'xoxp-1',
      scope: 'search:read users:read',
      kept: { 'team.id': 'T1' },
    });
  });

  it('send audience and consent to Atlassian, as JSON', async () => {
    const { searchParams } = await authorizeUrl('atlassian');
    expect(Object.fromEntries(searchParams)).toMatchObject({
      audience: 'api.atlassian.com',
      prompt: 'consent',
      scope: 'offline_access',
    });
    const request = await tokenRequest('atlassian', 'authorization_code');
    expect(request.headers['content-type']).toBe('application/json');
    expect(request.parameters).toMatchObject({
      grant_type: 'authorization_code',
      client_secret: SECRET,
    });
  });

  it('request offline access from Google', async () => {
    const { searchParams } = await authorizeUrl('google');
    expect(searchParams.get('access_type')).toBe('offline');
    expect(searchParams.get('prompt')).toBe('consent');
  });

  it('name the account to PagerDuty in a scope, to Zoom and Box in parameters, to Auth0 as audience', async () => {
    const parametersOf = async (id: string) =>
      (await tokenRequest(id, 'client_credentials')).parameters;
    expect(await parametersOf('pagerduty')).toMatchObject({
      scope: 'as_account-us.acme services.read',
    });
    expect(await parametersOf('zoom')).toEqual({
      grant_type: 'account_credentials',
      account_id: 'Wk9PTV9BQ0NPVU5UX0lE',
    });
    expect(await parametersOf('box')).toMatchObject({
      box_subject_type: 'enterprise',
      box_subject_id: '123456',
    });
    expect(await parametersOf('auth0')).toMatchObject({
      audience: 'https://api.example.com',
    });
  });

  it('request all consented permissions of one Microsoft API', async () => {
    const graph = await tokenRequest('microsoft-graph', 'client_credentials');
    expect(graph.url.href).toBe(
      'https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token',
    );
    expect(graph.parameters.scope).toBe('https://graph.microsoft.com/.default');
    const central = await tokenRequest(
      'business-central',
      'client_credentials',
    );
    expect(central.parameters.scope).toBe(
      'https://api.businesscentral.dynamics.com/.default',
    );
  });

  it('repeat the scope when refreshing at Microsoft', async () => {
    for (const id of ['microsoft-entra', 'microsoft-graph', 'azure-devops']) {
      const { client, context, requests } = await speak(id, {
        grantType: 'authorization_code',
      });
      await client.refresh(context, { refreshToken: 'OLD' });
      expect([id, requests[0].parameters.scope]).toEqual([
        id,
        context.auth.scopes.join(' '),
      ]);
    }
  });

  it('refresh at a separate Figma URL, and at Shopify without repeating the expiry parameter', async () => {
    const figma = await speak('figma');
    await figma.client.refresh(figma.context, { refreshToken: 'OLD' });
    expect(figma.requests[0].url.href).toBe(
      'https://api.figma.com/v1/oauth/refresh',
    );
    const shopify = await speak('shopify', { grantType: 'authorization_code' });
    await shopify.client.exchangeCode(shopify.context, { code: 'x' });
    await shopify.client.refresh(shopify.context, { refreshToken: 'OLD' });
    expect(
      shopify.requests.map(({ parameters }) => parameters.expiring),
    ).toEqual(['1', undefined]);
  });

  it('keep the company that QuickBooks names in the callback', async () => {
    const { client, context } = await speak('quickbooks');
    expect(
      client.readCallback(context, {
        code: 'x',
        state: 'the-state',
        realmId: '42',
      }),
    ).toMatchObject({ kept: { realmId: '42' } });
  });

  it('revoke where the provider supports it (RFC 7009)', async () => {
    const revoked: Array<[string, string]> = [];
    const described: Array<[string, string]> = [];
    for (const id of new Set((await everyGrant()).map(([each]) => each))) {
      const { client, context, requests } = await speak(id);
      await client.revoke(context, { refreshToken: 'RT' });
      for (const { parameters } of requests)
        revoked.push([id, parameters.token]);
      if (context.auth.revoke?.url) described.push([id, 'RT']);
    }
    expect(revoked).toEqual(described);
    expect(revoked.map(([id]) => id)).toEqual(
      expect.arrayContaining(['gitlab', 'google', 'keycloak', 'hubspot']),
    );
  });
});
