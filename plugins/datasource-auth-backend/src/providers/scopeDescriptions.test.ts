import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { splitSecrets } from '../settings/secrets';
import { describeScopes } from './scopeDescriptions';
import { PresetRegistry } from './PresetRegistry';

const described = async (part: object, auth: object) =>
  describeScopes(
    splitSecrets(
      datasourceSettingsSchema.parse({
        name: 'crm',
        ...part,
        auth: { grantType: 'authorization_code', ...auth },
      }),
    ).settings,
    await new PresetRegistry().list(),
  );

describe('scope descriptions', () => {
  it('belong to the scopes that are sent', async () => {
    const scopes = ['{{instance.access}}', 'other:{{instance.access}}'];
    const authorize = { url: 'https://auth.atlassian.com/authorize' };
    expect(
      await described(
        { instance: { access: 'offline_access' } },
        { scopes, authorize },
      ),
    ).toEqual([
      {
        scope: 'offline_access',
        description: 'Required for a refresh token',
      },
      { scope: 'other:offline_access', description: undefined },
    ]);
  });

  it('omit values that are unknown before an approval', async () => {
    expect(await described({}, { scopes: ['{{kept.realm}}/read'] })).toEqual([
      { scope: '{{kept.realm}}/read', description: undefined },
    ]);
  });
});
