import { demoClients, type DemoProvider } from 'demo-provider';
import type { TestPreset } from './ConnectPage';

const [WEB, MACHINE, LEGACY] = demoClients();

/** Client ID and secret of the demo client for a way of a preset. */
export function clientOf(way: string): Record<string, string> {
  const clients: Record<string, { id: string; secret: string }> = {
    authorization_code: WEB,
    client_credentials: MACHINE,
    password: LEGACY,
  };
  const { id, secret } = clients[way];
  return { 'Client ID': id, 'Client secret': secret };
}

/** A path of the demo provider that responds with 200 to everyone. */
const OPEN_PATH = '/.well-known/openid-configuration';

const SCOPES: Record<string, string[]> = {
  authorization_code: ['openid', 'read', 'offline_access'],
  client_credentials: ['read'],
};

/** Returns a preset that asks for the same values, but whose provider is the demo provider. */
export function atDemoProvider(
  preset: TestPreset,
  provider: DemoProvider,
): object {
  const { issuer } = provider;
  const ofWay = (way: string) => ({
    ...(way === 'static'
      ? { auth: preset.variants.static?.auth }
      : { auth: { scopes: SCOPES[way] ?? ['read'] } }),
    testPath: OPEN_PATH,
  });
  return {
    ...preset,
    settings: {
      baseUrl: issuer,
      testPath: OPEN_PATH,
      auth: {
        issuer,
        authorize: { url: `${issuer}/authorize` },
        token: { url: `${issuer}/token` },
      },
    },
    variants: Object.fromEntries(preset.ways.map(way => [way, ofWay(way)])),
  };
}

/** A preset of the demo provider, whose base URL needs a value of the user. */
export function demoPreset({ issuer }: DemoProvider): object {
  return {
    id: 'demo',
    title: 'Demo API',
    category: 'Tests',
    benefit: 'Things',
    aliases: [],
    ways: ['authorization_code', 'client_credentials', 'static'],
    caveat: 'Only for tests.',
    source: 'https://example.com/docs',
    lastVerified: '2026-11-20',
    unconfirmed: [],
    instance: [
      { name: 'area', label: 'Area', example: 'api', pattern: '[a-z]+' },
      {
        name: 'apiKey',
        label: 'API key of the demo',
        example: 'key',
        secret: true,
        ways: ['static'],
      },
    ],
    settings: {
      baseUrl: `${issuer}/{{instance.area}}`,
      testPath: '/me',
      auth: {
        issuer,
        authorize: { url: `${issuer}/authorize` },
        token: { url: `${issuer}/token` },
        scopes: ['openid', 'read', 'offline_access'],
      },
    },
    variants: {
      client_credentials: { auth: { scopes: ['read'] } },
      static: { auth: { headers: { 'X-API-Key': '{{instance.apiKey}}' } } },
    },
    registration: {
      url: `${issuer}/console`,
      steps: [
        'Register an application with the redirect URI.',
        'Copy the client ID and secret.',
      ],
      scopes: [
        { scope: 'read', description: 'Read things' },
        { scope: 'write', description: 'Create things' },
        {
          scope: 'offline_access',
          description: 'Required for a refresh token',
        },
      ],
    },
    behavior: { notes: [] },
  };
}
