import { authFaults } from './__testUtils__/settingsFaults';
import { CLIENT_AUTHENTICATION_METHODS } from './clientAuthentications';
import { requiredSettings } from './requiredSettings';

const AUTHORIZATION = 'auth.token.authorization';
const BASIC = 'auth.token.basic';

describe('N5 the Authorization header of a token request', () => {
  const header = { authorization: 'Bearer {{assertion}}' };
  const basic = { basic: { username: '{{instance.account}}' } };

  it.each(CLIENT_AUTHENTICATION_METHODS)(
    'is set by one setting: beside %s',
    clientAuthentication => {
      const setsHeader = clientAuthentication.startsWith('client_secret_basic');
      for (const [token, path] of [
        [header, AUTHORIZATION],
        [basic, BASIC],
      ] as const) {
        const found = authFaults({ clientAuthentication, token });
        const refusal = expect.stringMatching(
          /already sets .* Remove this setting, or/,
        );
        expect(found).toEqual(setsHeader ? { [path]: refusal } : {});
        expect(
          Object.keys(
            authFaults({
              ...{ clientAuthentication: 'none', token },
              refresh: { clientAuthentication },
            }),
          ),
        ).toEqual(setsHeader ? [path] : []);
      }
    },
  );

  it('is not set by Basic and another scheme at once', () => {
    expect(
      authFaults({
        clientAuthentication: 'none',
        token: { ...header, ...basic },
      }),
    ).toEqual({ [AUTHORIZATION]: expect.stringContaining("'basic'") });
  });

  it('requires the client secret that it asks for', () => {
    const required = (authorization: string) =>
      requiredSettings({
        type: 'oauth2',
        grantType: 'jwt_bearer',
        clientAuthentication: 'none',
        token: { authorization },
      });
    expect(required('Key {{clientSecret}}')).toContain('auth.clientSecret');
    expect(required('Key {{clientId}}')).toContain('auth.clientId');
    expect(required('Key {{assertion}}')).not.toContain('auth.clientSecret');
  });
});
