import { GRANT_TYPES } from './grants';
import { clientAuthenticationSchema } from './kinds';
import { mayOmitClientId, omitsClientId } from './secretAlone';

const ALL = clientAuthenticationSchema.options.flatMap(clientAuthentication =>
  GRANT_TYPES.map(grantType => ({
    clientAuthentication,
    grantType,
  })),
);

describe('a client without an ID', () => {
  it('sends its secret in the Basic header if no person approves', () => {
    expect(
      ALL.filter(mayOmitClientId).map(
        ({ clientAuthentication, grantType }) =>
          `${clientAuthentication} ${grantType}`,
      ),
    ).toEqual([
      'client_secret_basic client_credentials',
      'client_secret_basic jwt_bearer',
      'client_secret_basic password',
      'client_secret_basic_raw client_credentials',
      'client_secret_basic_raw jwt_bearer',
      'client_secret_basic_raw password',
    ]);
  });

  it.each(ALL)(
    'requires an empty client ID, not an absent one: $clientAuthentication, $grantType',
    auth => {
      expect(omitsClientId({ ...auth, clientId: '' })).toBe(
        mayOmitClientId(auth),
      );
      expect(omitsClientId({ ...auth, clientId: 'backstage' })).toBe(false);
      expect(omitsClientId(auth)).toBe(false);
    },
  );
});
