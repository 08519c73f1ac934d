import { authorizedStatus, datasourceOf } from '../__testUtils__/datasources';
import { needsPerson } from './needsPerson';

const DAY = 86_400_000;
const NOW = Date.now();

function withSecretUntil(
  clientSecretExpiresAt: string | undefined,
  status = authorizedStatus(),
  grantType?: 'client_credentials',
) {
  const datasource = datasourceOf({ status }, grantType);
  datasource.auth.clientSecretExpiresAt = clientSecretExpiresAt;
  return datasource;
}

describe('needsPerson', () => {
  it('returns undefined if no expiry is known', () => {
    expect(needsPerson(datasourceOf())).toBeUndefined();
    expect(needsPerson(withSecretUntil(undefined))).toBeUndefined();
  });

  it('returns the earliest expiry of the refresh token, the client secret, and a token that cannot be refreshed', () => {
    const at = NOW + 5 * DAY;
    const status = authorizedStatus({ refreshExpiresAt: at });
    expect(needsPerson(withSecretUntil(undefined, status))).toEqual({
      at,
      why: 'refreshToken',
    });
    const soon = new Date(NOW + DAY).toISOString();
    expect(needsPerson(withSecretUntil(soon, status))).toEqual({
      at: Date.parse(soon),
      why: 'clientSecret',
    });
    const last = authorizedStatus({ renewable: false, expiresAt: NOW + 1_000 });
    expect(needsPerson(withSecretUntil(soon, last))?.why).toBe('accessToken');
  });

  it('counts the client certificate, whichever way the API authenticates', () => {
    const at = NOW + DAY;
    const status = authorizedStatus({ certificateExpiresAt: at });
    const datasource = withSecretUntil(undefined, status);
    expect(needsPerson(datasource)).toEqual({ at, why: 'certificate' });
    const auth = { type: 'none' as const };
    status.expiresAt = undefined;
    expect(needsPerson({ ...datasource, auth })).toEqual({
      at,
      why: 'certificate',
    });
  });

  it('considers only the client secret for grants without approval', () => {
    const status = authorizedStatus({ refreshExpiresAt: NOW + DAY });
    expect(
      needsPerson(withSecretUntil(undefined, status, 'client_credentials')),
    ).toBeUndefined();
    expect(
      needsPerson(
        withSecretUntil('2027-01-01T00:00:00Z', status, 'client_credentials'),
      )?.why,
    ).toBe('clientSecret');
  });
});
