import { GrantDefinition } from './GrantDescriptor';

/** The client acts as itself (RFC 6749 section 4.4). */
export const clientCredentials = {
  name: 'client credentials',
  approval: 'none',
  renewal: 'grant',
  // RFC 6749 section 4.4.3
  issuesRefreshTokens: false,
  clientId: 'omittable',
  clientAuthentication: 'client_secret_basic',
  required: { 'auth.token.url': 'Token URL' },
  secrets: [],
  valueMaps: [],
  binding: [],
  endpoints: [],
  templates: {},
  reserved: [],
  undroppable: [],
  personal: [],
  openApiFlows: ['clientCredentials', 'application'],
  members: () => ({}),
} as const satisfies GrantDefinition;
