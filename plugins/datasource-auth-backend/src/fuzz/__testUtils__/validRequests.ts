import { AUTHORIZATION_REQUEST_HEADER } from 'backstage-plugin-datasource-auth-common';
import { Chance } from '../../__testUtils__/Chance';

/** A call of the HTTP API, as it is sent. */
export interface FuzzRequest {
  method: string;
  /** Segments between slashes, encoded. */
  path: string[];
  query: Array<[string, string]>;
  headers: Record<string, string>;
  body?: unknown;
  /** Replaces the body with text that isn't what its type says. */
  rawBody?: string | Buffer;
}

/** Objects that requests refer to. */
export interface FuzzWorld {
  provider: string;
  secret: string;
  /** Attempts that exist. */
  authorizations: string[];
  /** Authorization requests that exist. */
  requests: string[];
  /** The secrets of their links. */
  links: string[];
  /** The last version of each datasource. */
  versions: Map<string, number>;
}

const NAMES = ['fuzz-0', 'fuzz-1', 'fuzz-2', 'fuzz-3', 'declared'];
const UUID = '3f2a7f0e-0a52-4a0e-9a39-3a6b8a2ad3a1';

/** Settings with a value in every kind of field. */
function settings(chance: Chance, world: FuzzWorld, name: string): any {
  const { provider, secret } = world;
  const grantType = chance.oneOf([
    'client_credentials',
    'client_credentials',
    'authorization_code',
    'password',
  ]);
  return {
    name,
    title: 'Fuzzed é 😀',
    description: 'Line\nbreak',
    owner: 'group:default/fuzz',
    tags: ['prod', 'eu'],
    baseUrl: `${provider}/api`,
    allowedHosts: ['localhost:1234'],
    testPath: '/me',
    consumers: chance.oneOf<any>(['*', ['consumer-a'], []]),
    importedFrom: {
      ...chance.oneOf([
        { url: `${provider}/api.yaml` },
        { entityRef: 'api:x' },
      ]),
      scheme: 'oauth',
      flow: 'clientCredentials',
      endpoints: { tokenUrl: `${provider}/token` },
    },
    gateway: { routes: [{ methods: ['GET', 'POST'], path: '/me' }] },
    instance: { tenant: 'acme', key: { secret: true, value: secret } },
    auth: {
      grantType,
      clientId: 'fuzz',
      clientSecret: secret,
      clientAuthentication: chance.oneOf([
        'client_secret_basic',
        'client_secret_post',
      ]),
      ...(grantType === 'authorization_code' && {
        authorize: { url: `${provider}/authorize`, params: { prompt: 'none' } },
        callback: { keep: ['realmId'] },
        pkce: 'S256',
      }),
      ...(grantType === 'password' && { username: 'u', password: secret }),
      token: {
        url: `${provider}/token`,
        method: 'POST',
        contentType: chance.oneOf(['form', 'json']),
        params: { tenant: '{{instance.tenant}}' },
        headers: { 'X-Key': { secret: true, value: secret } },
      },
      revoke: { url: `${provider}/revoke` },
      scopes: ['read', 'write'],
      response: { accessToken: 'access_token', keep: ['instance_url'] },
      header: { name: 'Authorization', prefix: 'Bearer' },
      timeouts: { connectMs: 1_000, responseMs: 2_000 },
      rejectedStatuses: [401],
    },
  };
}

type Build = (
  chance: Chance,
  world: FuzzWorld,
) => Partial<FuzzRequest> & Pick<FuzzRequest, 'method' | 'path'>;

const name = (chance: Chance) => chance.oneOf(NAMES);
const attempt = (chance: Chance, { authorizations }: FuzzWorld) =>
  authorizations.length ? chance.oneOf(authorizations) : UUID;

const request = (chance: Chance, { requests }: FuzzWorld) =>
  requests.length ? chance.oneOf(requests) : UUID;
/** Headers of a caller with a link. */
const withLink = (chance: Chance, { links }: FuzzWorld) => ({
  [AUTHORIZATION_REQUEST_HEADER]: links.length
    ? chance.oneOf(links)
    : 'x'.repeat(43),
});

/** A valid call of each route that reads a body or a query, and of those that read only a path. */
const ROUTES: Array<{ weight: number; build: Build }> = [
  {
    weight: 8,
    build: (chance, world) => ({
      method: 'POST',
      path: ['datasources'],
      body: {
        ...settings(chance, world, name(chance)),
        credential: chance.oneOf<object>([
          { action: 'keep' },
          { action: 'replace', authorizationId: attempt(chance, world) },
        ]),
      },
    }),
  },
  {
    weight: 8,
    build: (chance, world) => {
      const of = name(chance);
      return {
        method: 'PUT',
        path: ['datasources', of],
        headers: { 'if-match': `"${world.versions.get(of) ?? 1}"` },
        body: {
          ...settings(chance, world, of),
          credential: chance.oneOf<object>([
            { action: 'keep' },
            { action: 'clear', revoke: true },
            { action: 'replace', authorizationId: attempt(chance, world) },
          ]),
        },
      };
    },
  },
  {
    weight: 7,
    build: (chance, world) => ({
      method: 'POST',
      path: ['authorizations'],
      body: chance.oneOf<() => object>([
        () => ({ settings: settings(chance, world, name(chance)) }),
        () => ({
          datasource: name(chance),
          settings: settings(chance, world, name(chance)),
          display: 'page',
        }),
        () => ({ datasource: name(chance), commit: true }),
      ])(),
    }),
  },
  {
    weight: 4,
    build: chance => ({
      method: 'POST',
      path: ['authorization-requests'],
      body: {
        datasource: name(chance),
        recipient: chance.oneOf([
          'user:default/eve',
          'group:default/fuzz',
          undefined,
        ]),
        message: 'Please é 😀',
        validForHours: chance.between(1, 336),
      },
    }),
  },
  {
    weight: 3,
    build: (chance, world) => ({
      method: 'POST',
      path: ['authorization-requests', 'invitation', 'authorization'],
      headers: withLink(chance, world),
      body: { display: chance.oneOf(['page', 'popup']) },
    }),
  },
  {
    weight: 3,
    build: (chance, world) => ({
      method: 'POST',
      path: ['authorizations', attempt(chance, world), 'completion'],
      body: { completion: 'x'.repeat(43) },
    }),
  },
  {
    weight: 4,
    build: chance => ({
      method: 'GET',
      path: ['datasources'],
      query: [
        ['search', 'fu'],
        ['status', 'AUTHORIZED,ERROR'],
        ['way', 'password'],
        ['owner', 'group:default/fuzz'],
        ['attention', 'true'],
        ['limit', String(chance.between(1, 200))],
        ['cursor', Buffer.from(`[2,"a","${UUID}"]`).toString('base64url')],
      ].slice(chance.between(0, 6)) as Array<[string, string]>,
    }),
  },
  {
    weight: 2,
    build: chance => ({
      method: 'GET',
      path: ['datasources', name(chance), 'activity'],
      query: [
        ['limit', '10'],
        ['before', '1800000000000'],
        ['kind', 'updated,created'],
      ],
    }),
  },
  {
    weight: 4,
    build: chance => ({
      method: 'POST',
      path: ['datasources', name(chance), 'token'],
      body: { minValiditySeconds: 60, rejectedVersion: 'x'.repeat(30) },
    }),
  },
  {
    weight: 2,
    build: (_, { provider }) => ({
      method: 'POST',
      path: ['imports', 'issuer'],
      body: { issuer: provider },
    }),
  },
  {
    weight: 2,
    build: (_, { provider }) => ({
      method: 'POST',
      path: ['imports', 'openapi'],
      body: {
        document: JSON.stringify({
          openapi: '3.0.0',
          info: { title: 'Fuzz', version: '1' },
          servers: [{ url: `${provider}/api` }],
          paths: {},
          components: {
            securitySchemes: {
              oauth: {
                type: 'oauth2',
                flows: {
                  clientCredentials: {
                    tokenUrl: `${provider}/token`,
                    scopes: { read: 'Read' },
                  },
                },
              },
            },
          },
        }),
      },
    }),
  },
  {
    weight: 2,
    build: chance => ({
      method: 'POST',
      path: ['oauth', 'start'],
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      rawBody: `ticket=${'x'.repeat(chance.between(1, 60))}`,
    }),
  },
  {
    weight: 2,
    build: () => ({
      method: 'GET',
      path: ['oauth', 'callback'],
      query: [
        ['code', 'x'.repeat(20)],
        ['state', 'y'.repeat(43)],
        ['iss', 'https://issuer.example'],
      ],
    }),
  },
  {
    weight: 2,
    build: chance => ({
      method: chance.oneOf(['GET', 'POST']),
      path: ['gateway', name(chance), 'me'],
      query: [['a', 'b']],
    }),
  },
  {
    weight: 5,
    build: (chance, world) => {
      const of = name(chance);
      const one = attempt(chance, world);
      const asked = request(chance, world);
      const headers = withLink(chance, world);
      const invitation = ['authorization-requests', 'invitation'];
      return chance.oneOf<ReturnType<Build>>([
        { method: 'GET', path: ['datasources', of] },
        { method: 'GET', path: ['datasources', of, 'consumers'] },
        { method: 'GET', path: ['datasources', of, 'description-changes'] },
        { method: 'GET', path: ['datasources', of, 'export'] },
        { method: 'POST', path: ['datasources', of, 'test'] },
        { method: 'POST', path: ['datasources', of, 'rehearsal'] },
        { method: 'DELETE', path: ['datasources', of, 'credential'] },
        { method: 'DELETE', path: ['datasources', of] },
        { method: 'GET', path: ['authorizations', one] },
        { method: 'POST', path: ['authorizations', one, 'test'] },
        { method: 'DELETE', path: ['authorizations', one] },
        { method: 'GET', path: ['datasources', of, 'authorization-requests'] },
        { method: 'GET', path: invitation, headers },
        { method: 'POST', path: [...invitation, 'decline'], headers },
        { method: 'DELETE', path: ['authorization-requests', asked] },
        { method: 'GET', path: ['providers'] },
        { method: 'GET', path: ['plugins'] },
        { method: 'GET', path: ['health'] },
        { method: 'GET', path: ['openapi.json'] },
      ]);
    },
  },
];

const WEIGHTED = ROUTES.flatMap(({ weight, build }) =>
  Array.from({ length: weight }, () => build),
);

/** A completely valid call. */
export function validRequest(chance: Chance, world: FuzzWorld): FuzzRequest {
  return { query: [], headers: {}, ...chance.oneOf(WEIGHTED)(chance, world) };
}
