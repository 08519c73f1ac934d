import {
  oauth2Settings,
  openApiDraft,
  OpenApiProposal,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { proposeOpenApi } from '../openapi/proposeOpenApi';
import { PresetRegistry } from '../providers/PresetRegistry';
import { offerCodeFlow } from './offerCodeFlow';

const registry = new PresetRegistry();

async function offered(
  flows: Record<string, unknown>,
  rest: Record<string, unknown> = {},
): Promise<OpenApiProposal> {
  const proposal = await proposeOpenApi({
    text: JSON.stringify({
      openapi: '3.0.3',
      components: { securitySchemes: { o: { type: 'oauth2', flows } } },
      ...rest,
    }),
    check: () => {},
  });
  return offerCodeFlow(proposal, await registry.list());
}

const implicit = (authorizationUrl: string, part = {}) => ({
  implicit: { authorizationUrl, scopes: { read: 'Read' }, ...part },
});

const presetFor = async (authorizationUrl: string, server?: string) => {
  const servers = server ? [{ url: server }] : [];
  const { schemes } = await offered(implicit(authorizationUrl), { servers });
  return schemes[0].flows[0].preset;
};

describe('a document with only the implicit flow', () => {
  const MICROSOFT = 'https://login.microsoftonline.com/common/oauth2/authorize';

  it('offers the authorization code grant with its authorize URL and the preset for that host', async () => {
    const proposal = await offered(implicit(MICROSOFT), {
      servers: [{ url: 'https://management.azure.com' }],
    });
    const [flow] = proposal.schemes[0].flows;
    expect(flow).toMatchObject({
      flow: 'implicit',
      grantType: 'authorization_code',
      insteadOfImplicit: true,
      missing: [],
      preset: { id: 'microsoft-entra' },
    });
    expect(flow.unusable).toBeUndefined();
    const { settings, origins } = openApiDraft(proposal, {
      scheme: 'o',
      flow: 'implicit',
      scopes: ['read'],
    });
    expect(settings.auth).toMatchObject({
      grantType: 'authorization_code',
      authorize: { url: MICROSOFT },
      token: {
        url: 'https://login.microsoftonline.com/{{instance.tenant}}/oauth2/v2.0/token',
      },
      clientAuthentication: 'client_secret_post',
      scopes: ['read', 'offline_access'],
      refresh: { sendScope: true },
    });
    expect(origins).toContainEqual({
      path: 'auth.token.url',
      value:
        'https://login.microsoftonline.com/{{instance.tenant}}/oauth2/v2.0/token',
      from: 'Preset: Microsoft Entra ID (any API)',
    });
    expect(settings.importedFrom?.endpoints).toEqual({
      server: 'https://management.azure.com',
      authorizeUrl: MICROSOFT,
    });
    expect(
      datasourceSettingsSchema.safeParse({ name: 'x', ...settings }).error,
    ).toBeUndefined();
  });

  it('says what is missing if no preset has that host', async () => {
    const { schemes } = await offered(implicit('https://login.example/auth'));
    expect(schemes[0].flows).toMatchObject([
      { grantType: 'authorization_code', missing: ['tokenUrl'] },
    ]);
    expect(schemes[0].flows[0].preset).toBeUndefined();
    const other = await offered({ implicit: { scopes: {} } });
    expect(other.schemes[0].flows[0].missing).toEqual([
      'authorizationUrl',
      'tokenUrl',
    ]);
  });

  it('offers nothing else if the scheme has a usable flow', async () => {
    const { schemes } = await offered({
      ...implicit(MICROSOFT),
      clientCredentials: { tokenUrl: 'https://login.example/token' },
    });
    expect(schemes[0].flows[0]).toMatchObject({ unusable: 'implicit' });
    const device = await offered({ deviceAuthorization: { scopes: {} } });
    expect(device.schemes[0].flows[0]).toMatchObject({ unusable: 'device' });
  });

  it.each([
    ['https://accounts.google.com/o/oauth2/auth', undefined, 'google'],
    [MICROSOFT, undefined, 'microsoft-entra'],
    [MICROSOFT, 'https://graph.microsoft.com/v1.0', 'microsoft-graph'],
    ['https://gitlab.com/oauth/authorize', undefined, 'gitlab'],
    ['https://account-d.docusign.com/oauth/auth', undefined, 'docusign'],
    ['https://accounts.zoho.ae/oauth/v2/auth', undefined, 'zoho'],
    ['https://us5.datadoghq.com/oauth2/v1/authorize', undefined, 'datadog'],
  ])('finds the preset for %s of an API at %s', async (url, server, id) => {
    expect((await presetFor(url, server))?.id).toBe(id);
  });

  it('reads the instance values from the host', async () => {
    const preset = await presetFor(
      'https://acme.service-now.com/oauth_auth.do',
    );
    expect(preset?.settings).toMatchObject({
      instance: { name: 'acme' },
      auth: {
        token: {
          url: 'https://{{instance.name}}.service-now.com/oauth_token.do',
        },
      },
    });
  });

  it.each([
    'http://accounts.google.com/o/oauth2/auth',
    'https://accounts.google.com.evil.example/o/oauth2/auth',
    'https://evil.example/accounts.google.com',
    'https://accounts.google.com@evil.example/',
    'https://login.{{instance.x}}.example/authorize',
    'https://evil.service-now.com.example/oauth_auth.do',
    'https://accounts.zoho.evil/oauth/v2/auth',
    '/oauth/authorize',
  ])('threats 39: uses no preset for an unknown host, %s', async url => {
    expect(await presetFor(url)).toBeUndefined();
  });

  it("threats 39: ignores the document's URL for the client secret", async () => {
    const proposal = await offered(
      implicit('https://accounts.google.com/o/oauth2/auth', {
        preset: { id: 'google', settings: { auth: { token: { url: 'x' } } } },
        refreshUrl: 'https://evil.example/refresh',
      }),
    );
    const { settings } = openApiDraft(proposal, {
      scheme: 'o',
      flow: 'implicit',
    });
    const auth = oauth2Settings(settings.auth);
    expect(auth?.token?.url).toBe('https://oauth2.googleapis.com/token');
    expect(auth?.refresh).toBeUndefined();
  });
});
