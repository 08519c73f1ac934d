import { assertionAt, assertionSchema } from '../assertions';
import { GrantDefinition } from './GrantDescriptor';

const { secrets, valueMaps, binding, templates } =
  assertionAt('auth.assertion');

/** An assertion that Backstage signs (RFC 7523 section 2.1), as service accounts use it. */
export const jwtBearer = {
  name: 'JWT bearer',
  approval: 'none',
  renewal: 'grant',
  // RFC 7521 section 4.1: a new assertion replaces a refresh token.
  issuesRefreshTokens: false,
  clientId: 'optional',
  clientAuthentication: 'none',
  required: {
    'auth.token.url': 'Token URL',
    'auth.assertion.key': 'Assertion key',
    'auth.assertion.issuer': 'Assertion issuer',
  },
  secrets,
  valueMaps,
  binding,
  endpoints: [],
  templates,
  reserved: ['assertion'],
  undroppable: ['assertion'],
  personal: ['assertion'],
  openApiFlows: [],
  members: () => ({ assertion: assertionSchema.optional() }),
} as const satisfies GrantDefinition;
