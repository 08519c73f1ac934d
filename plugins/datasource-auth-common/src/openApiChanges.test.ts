import { importedFromSchema } from './importedFrom';
import { openApiChanges } from './openApiChanges';
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
