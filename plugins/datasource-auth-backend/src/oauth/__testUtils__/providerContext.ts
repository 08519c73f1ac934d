import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { ProviderContext, ResolvedAuth } from '../../settings/ResolvedSettings';

/** OAuth settings as a user writes them, with secrets as plain text. */
export type AuthInput = { grantType: string } & Record<string, unknown>;

/**
 * Creates a context from settings that pass the schema, as for a saved datasource.
 */
export function providerContext(
  auth: AuthInput,
  rest: {
    instance?: Record<string, string>;
    kept?: Record<string, string>;
    redirectUri?: string;
  } = {},
): ProviderContext {
  const settings = datasourceSettingsSchema.parse({
    name: 'crm',
    auth: {
      clientId: 'client',
      clientSecret: 'client-secret',
      ...auth,
    },
  });
  return {
    name: settings.name,
    auth: settings.auth as ResolvedAuth,
    instance: rest.instance ?? {},
    kept: rest.kept ?? {},
    redirectUri:
      rest.redirectUri ??
      'https://backstage.example.com/api/datasource-auth/oauth/callback/',
  };
}
