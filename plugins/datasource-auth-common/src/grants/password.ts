import { plainText } from '../plainText';
import { secretSchema } from '../settingValues';
import { GrantDefinition } from './GrantDescriptor';

/** The resource owner's password (RFC 6749 section 4.3), for servers that support nothing better. */
export const password = {
  name: 'password',
  approval: 'none',
  renewal: 'grant',
  issuesRefreshTokens: true,
  canBeDisabled: true,
  locksAccounts: true,
  clientId: 'omittable',
  clientAuthentication: 'client_secret_basic',
  required: {
    'auth.token.url': 'Token URL',
    'auth.username': 'Username',
    'auth.password': 'Password',
  },
  secrets: ['auth.password'],
  valueMaps: [],
  binding: ['auth.username'],
  endpoints: [],
  templates: { 'auth.username': 'backend' },
  reserved: ['username', 'password'],
  undroppable: [],
  personal: ['username', 'password'],
  openApiFlows: ['password'],
  members: () => ({
    username: plainText(1_000).optional(),
    password: secretSchema,
  }),
} as const satisfies GrantDefinition;
