import { Grant } from './Grant';

/** RFC 6749 section 4.4.2. */
export const clientCredentials: Grant = {
  grantType: 'client_credentials',
  parameters: async () => ({}),
  isRefusable: false,
  invalidGrant: {
    title: 'The grant was refused',
    cause: 'The provider did not accept the client for this grant.',
    remedy:
      'Check the client at the provider, and the extra parameters of the token request.',
  },
  personNeeded: ({ client }) => ({
    title: 'The provider requires consent',
    cause: 'An administrator at the provider has not approved this client.',
    remedy: `Ask an administrator at the provider to approve ${client}.`,
  }),
  scopeRequired:
    "Enter a scope from the provider's documentation. Microsoft Entra needs one such as api://…/.default.",
  scopeRefused:
    'Check spelling, separate with spaces. Client credentials often need api://…/.default or no scope at all.',
};
