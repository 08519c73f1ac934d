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
  others: [],
  notes: [],
});

describe('openApiChanges', () => {
  it('finds none where the endpoints are the same, whatever else changed', () => {
    expect(
      openApiChanges(
        IMPORTED,
        proposalOf({ scopes: [{ scope: 'new' }] }, ['/v2', '/v1']),
      ),
    ).toEqual([]);
  });

  it('names each endpoint that is another one, is new or is gone', () => {
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

  it('names a server that is no longer offered', () => {
    expect(openApiChanges(IMPORTED, proposalOf({}, ['/v2']))).toEqual([
      { endpoint: 'server', was: '/v1', now: '/v2' },
    ]);
  });

  it('says that the flow is gone, and nothing else', () => {
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

  it('S4.16 tells of an endpoint that the settings do not follow', () => {
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

  it('says nothing of one that somebody has put right, also where it is relative', () => {
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

  it('says nothing of an endpoint that the grant has no use for', () => {
    const refreshUrl = { value: NEW, from: '' };
    expect(
      openChanges(
        settings('https://login.example/token'),
        proposalOf({ refreshUrl }),
      ),
    ).toEqual([]);
  });

  it('tells of a flow that is gone, whatever the settings are', () => {
    expect(openChanges(settings(NEW), proposalOf({ flow: 'other' }))).toEqual([
      { endpoint: 'flow', was: 'things, clientCredentials' },
    ]);
  });

  it('says nothing of a datasource that was not imported', () => {
    expect(openChanges({ auth: {} }, changed)).toEqual([]);
  });
});
