import { demoAccounts, demoClients, type DemoProvider } from 'demo-provider';
import type { DemoGrant } from './DemoDatasources';

const [WEB, MACHINE, LEGACY] = demoClients();
const ROBOT = demoAccounts[1];

/** Labels and values that a user enters in the editor to use the demo provider with a grant. */
export function demoSettings(
  provider: DemoProvider,
  title: string,
  grant: DemoGrant = 'web',
): Record<string, string> {
  const client = { web: WEB, machine: MACHINE, legacy: LEGACY }[grant];
  return {
    Title: title,
    'Plugin IDs': 'sample-consumer',
    'Base URL': `${provider.issuer}/api`,
    'Test path': '/me',
    'Client ID': client.id,
    'Client secret': client.secret,
    ...(grant === 'web' && {
      'Authorize URL': `${provider.issuer}/authorize`,
    }),
    'Token URL': `${provider.issuer}/token`,
    ...(grant === 'legacy' && {
      Username: ROBOT.username,
      Password: ROBOT.password,
    }),
    Scopes: grant === 'web' ? 'read offline_access' : 'read',
  };
}
