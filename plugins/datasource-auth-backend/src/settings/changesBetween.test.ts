import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { changesBetween } from './changesBetween';

const JANUARY = {
  updatedAt: 1_767_225_600_000,
  updatedBy: 'user:default/jane',
};
const MARCH = { updatedAt: 1_772_323_200_000, updatedBy: 'user:default/bob' };

function contentOf(auth: object, more: object = {}, secretInfos = {}) {
  return {
    settings: datasourceSettingsSchema.parse({
      name: 'crm',
      ...more,
      auth: { grantType: 'client_credentials', ...auth },
    }),
    secretInfos,
  };
}

describe('changesBetween', () => {
  it('returns each changed value, before and after', () => {
    expect(
      changesBetween(
        contentOf({ token: { url: 'https://a.example/token' }, scopes: ['r'] }),
        contentOf(
          { token: { url: 'https://b.example/token' }, scopes: ['r', 'w'] },
          { title: 'CRM', consumers: '*' },
        ),
      ),
    ).toEqual([
      { path: 'consumers', before: '', after: '*' },
      {
        path: 'auth.token.url',
        before: 'https://a.example/token',
        after: 'https://b.example/token',
      },
      { path: 'auth.scopes', before: 'r', after: 'r w' },
      { path: 'title', after: 'CRM' },
    ]);
  });

  it('says what happened to a secret without its values', () => {
    const header = (value: string) => ({
      token: { headers: { 'X-Key': { secret: true, value } } },
    });
    const kept = { ...JANUARY };
    const changes = changesBetween(
      contentOf(
        header('canary-old'),
        {},
        {
          'auth.clientSecret': JANUARY,
          'auth.password': JANUARY,
          'instance.key': kept,
        },
      ),
      contentOf(
        header('canary-new'),
        {},
        {
          'auth.clientSecret': MARCH,
          'auth.token.headers.X-Key': MARCH,
          'instance.key': kept,
        },
      ),
    );
    expect(changes).toEqual([
      { path: 'auth.clientSecret', secret: 'replaced' },
      { path: 'auth.password', secret: 'removed' },
      { path: 'auth.token.headers.X-Key', secret: 'set' },
    ]);
    expect(JSON.stringify(changes)).not.toContain('canary');
  });

  it('returns nothing for a save without changes, and shortens long values', () => {
    const same = contentOf({});
    expect(changesBetween(same, contentOf({}))).toEqual([]);
    const [change] = changesBetween(
      same,
      contentOf({}, { description: 'x'.repeat(1_000) }),
    );
    expect(String(change.after)).toHaveLength(201);
  });
});
