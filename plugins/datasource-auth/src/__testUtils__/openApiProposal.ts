import {
  OpenApiFlow,
  OpenApiProposal,
} from 'backstage-plugin-datasource-auth-common';

const AT = '#/components/securitySchemes/things/flows';

/** Returns an authorization code flow. */
export function flowOf(part: Partial<OpenApiFlow> = {}): OpenApiFlow {
  const from = `${AT}/authorizationCode`;
  return {
    flow: 'authorizationCode',
    from,
    grantType: 'authorization_code',
    authorizeUrl: {
      value: 'https://login.example.com/authorize',
      from: `${from}/authorizationUrl`,
    },
    tokenUrl: { value: '/oauth/token', from: `${from}/tokenUrl` },
    missing: [],
    scopes: [
      { scope: 'read', description: 'Read things' },
      { scope: 'write', description: 'Add things' },
      { scope: 'offline_access' },
    ],
    ...part,
  };
}

/** Returns the proposal for an API description with one scheme. */
export function proposalOf(
  flows: OpenApiFlow[] = [flowOf()],
  part: Partial<OpenApiProposal> = {},
): OpenApiProposal {
  return {
    title: 'Things',
    version: '1.0.0',
    specification: '3.1.0',
    servers: [
      {
        url: 'https://api.example.com/v1',
        variables: [],
        from: '#/servers/0/url',
      },
    ],
    schemes: [
      {
        name: 'things',
        type: 'oauth2',
        from: '#/components/securitySchemes/things',
        flows,
        operations: [
          {
            operation: 'GET /things',
            summary: 'All things',
            scopes: ['read'],
          },
          { operation: 'POST /things', scopes: ['write'] },
        ],
        requiredScopes: ['read', 'write'],
      },
    ],
    keys: [],
    others: [],
    notes: [],
    ...part,
  };
}
