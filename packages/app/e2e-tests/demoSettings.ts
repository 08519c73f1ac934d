import { demoClients, type DemoProvider } from 'demo-provider';

/** What a person types into the editor to use the demo provider with the authorization code grant. */
export function demoSettings(
  provider: DemoProvider,
  title: string,
): Record<string, string> {
  const [client] = demoClients();
  return {
    Title: title,
    'Plugin ids': 'sample-consumer',
    'Base URL': `${provider.issuer}/api`,
    'Test path': '/me',
    'Client ID': client.id,
    'Client secret': client.secret,
    'Authorize URL': `${provider.issuer}/authorize`,
    'Token URL': `${provider.issuer}/token`,
    Scopes: 'read offline_access',
  };
}
