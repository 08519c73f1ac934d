import { importedFromSchema } from './importedFrom';
import { openApiChanges, openChanges } from './openApiChanges';
import { OpenApiFlow, OpenApiProposal } from './openApiProposal';

const IMPORTED = importedFromSchema.parse({
  scheme: 'things',
  flow: 'clientCredentials',
  endpoints: {
    server: '/v1',
    tokenUrl: 'https://login.example/token',
  },
});

const proposalOf = (
  flow: Partial<OpenApiFlow> = {},
  servers = ['/v1'],
): OpenApiProposal => ({
  specification: '3.0.0',
  servers: servers.map(url => ({ url, variables: [], from: '' })),
  schemes: [
    {
      name: 'things',
      type: 'oauth2',
      from: '',
      flows: [
        {
          flow: 'clientCredentials',
          from: '',
          grantType: 'client_credentials',
          tokenUrl: { value: 'https://login.example/token', from: '' },
          missing: [],
          scopes: [],
          ...flow,
        },
      ],
      operations: [],
      requiredScopes: [],
    },
  ],
  keys: [],
  others: [],
  notes: [],
});

describe('openApiChanges', () => {
  it('returns nothing if the endpoints are the same, whatever else changed', () => {
    expect(
      openApiChanges(
        IMPORTED,
        proposalOf({ scopes: [{ scope: 'new' }] }, ['/v2', '/v1']),
      ),
    ).toEqual([]);
  });

  it('lists each endpoint that changed, is new, or is gone', () => {
    expect(
      openApiChanges(
        IMPORTED,
        proposalOf({
          tokenUrl: undefined,
          refreshUrl: { value: 'https://login.example/refresh', from: '' },
        }),
      ),
    ).toEqual([
      { endpoint: 'tokenUrl', was: 'https://login.example/token' },
      { endpoint: 'refreshUrl', now: 'https://login.example/refresh' },
    ]);
  });

  it('lists a server that is no longer offered', () => {
    expect(openApiChanges(IMPORTED, proposalOf({}, ['/v2']))).toEqual([
      { endpoint: 'server', was: '/v1', now: '/v2' },
    ]);
  });

  it('reports only the flow if it is gone', () => {
    expect(openApiChanges(IMPORTED, proposalOf({ flow: 'other' }))).toEqual([
      { endpoint: 'flow', was: 'things, clientCredentials' },
    ]);
  });
});

describe('openChanges', () => {
  const NEW = 'https://new.example/token';
  const changed = proposalOf({ tokenUrl: { value: NEW, from: '' } });
  const settings = (url?: string, baseUrl?: string) => ({
    baseUrl,
    auth: { token: { url } },
    importedFrom: IMPORTED,
  });

  it("S4.16 reports an endpoint that the settings don't match", () => {
    const change = {
      endpoint: 'tokenUrl',
      was: 'https://login.example/token',
      now: NEW,
    };
    expect(
      openChanges(settings('https://login.example/token'), changed),
    ).toEqual([change]);
    expect(openChanges(settings('https://own.example/token'), changed)).toEqual(
      [change],
    );
  });

  it('ignores an endpoint that the settings already match, even a relative one', () => {
    expect(openChanges(settings(NEW), changed)).toEqual([]);
    const relative = proposalOf({ tokenUrl: { value: '/token', from: '' } }, [
      'https://one.example/v1',
      'https://two.example/v1',
    ]);
    expect(
      openChanges(
        settings('https://two.example/token', 'https://two.example/v1'),
        relative,
      ),
    ).toEqual([]);
  });

  it("ignores an endpoint that the grant doesn't use", () => {
    const refreshUrl = { value: NEW, from: '' };
    expect(
      openChanges(
        settings('https://login.example/token'),
        proposalOf({ refreshUrl }),
      ),
    ).toEqual([]);
  });

  it('reports a missing flow whatever the settings are', () => {
    expect(openChanges(settings(NEW), proposalOf({ flow: 'other' }))).toEqual([
      { endpoint: 'flow', was: 'things, clientCredentials' },
    ]);
  });

  it("returns nothing for a datasource that wasn't imported", () => {
    expect(openChanges({ auth: {} }, changed)).toEqual([]);
  });
});

describe('N7: the changes of a description with keys', () => {
  const imported = (scheme?: string) =>
    importedFromSchema.parse({ scheme, endpoints: { server: '/v1' } });
  const withKeys = (name: string, servers = ['/v1']) => ({
    ...proposalOf({}, servers),
    schemes: [],
    keys: [
      { name, keys: [{ scheme: name, place: 'bearer' as const, from: '' }] },
    ],
  });

  it('are its server, and keys that are gone', () => {
    expect(openApiChanges(imported('key'), withKeys('key'))).toEqual([]);
    expect(openApiChanges(imported('key'), withKeys('key', ['/v2']))).toEqual([
      { endpoint: 'server', was: '/v1', now: '/v2' },
    ]);
    expect(openApiChanges(imported('key'), withKeys('other'))).toEqual([
      { endpoint: 'flow', was: 'key' },
    ]);
  });

  it('are only its server if no scheme was taken', () => {
    expect(openApiChanges(imported(), withKeys('key', ['/v2']))).toEqual([
      { endpoint: 'server', was: '/v1', now: '/v2' },
    ]);
  });

  it('are settled by settings that match', () => {
    const proposal = withKeys('key', ['https://api.example/v2']);
    const settings = {
      auth: { type: 'static' as const },
      importedFrom: imported('key'),
    };
    expect(openChanges(settings, proposal)).toHaveLength(1);
    expect(
      openChanges({ ...settings, baseUrl: 'https://api.example/v2' }, proposal),
    ).toEqual([]);
  });
});
