import { missingScopes } from './missingScopes';

const missing = (
  scopes: string[],
  granted: string | undefined,
  hasRefreshToken = false,
) =>
  missingScopes({
    ...{ scopes, granted, hasRefreshToken },
    instance: { app: 'api://crm', hidden: { secret: true } },
  });

describe('missingScopes', () => {
  it('returns the scopes that were not granted', () => {
    expect(missing(['read', 'write'], 'read')).toEqual(['write']);
    expect(missing(['read', 'write'], 'write,read')).toEqual([]);
    expect(missing(['read'], undefined)).toEqual([]);
  });

  it("counts a refresh token as offline_access, which Entra and Google don't echo", () => {
    expect(missing(['a', 'offline_access'], 'a', true)).toEqual([]);
    expect(missing(['a', 'offline_access'], 'a')).toEqual(['offline_access']);
  });

  it('does not expect identity scopes to be echoed', () => {
    expect(missing(['openid', 'profile', 'email', 'a'], 'a')).toEqual([]);
  });

  it('compares filled templates and returns no raw ones', () => {
    const scopes = ['{{instance.app}}/.default', '{{instance.app}}/x'];
    expect(missing(scopes, 'api://crm/.default')).toEqual(['api://crm/x']);
    expect(missing(['{{kept.a}}/b', '{{instance.hidden}}/c'], 'a')).toEqual([]);
  });
});
