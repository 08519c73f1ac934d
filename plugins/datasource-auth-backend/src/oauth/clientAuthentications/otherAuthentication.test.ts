import { CLIENT_AUTHENTICATION_METHODS } from 'backstage-plugin-datasource-auth-common';
import { ResolvedAuth } from '../../settings/ResolvedSettings';
import { otherAuthentication } from './otherAuthentication';

const SECRETS = ['plain-secret_1.~', 'with+special/%'];

const CASES = CLIENT_AUTHENTICATION_METHODS.flatMap(method =>
  SECRETS.flatMap(secret =>
    [true, false].map(challenge => ({ method, secret, challenge })),
  ),
);

function proposal(
  method: string,
  secret: string,
  challenge: boolean,
  clientId = 'client',
) {
  const auth = {
    clientAuthentication: method,
    grantType: 'client_credentials',
    clientId,
    clientSecret: secret,
  } as ResolvedAuth;
  const facts = {
    ...{ method: 'POST', endpoint: '', host: '', sent: true, status: 401 },
    basicChallenge: challenge,
  };
  return otherAuthentication(auth, facts)?.set['auth.clientAuthentication'];
}

describe('otherAuthentication', () => {
  it.each(CASES)(
    'S4.17 never leads in a circle when each proposal is tried once: $method, $secret, challenge: $challenge',
    ({ method, secret, challenge }) => {
      const tried: unknown[] = [method];
      let next = proposal(method, secret, challenge);
      while (next !== undefined && !tried.includes(next)) {
        tried.push(next);
        next = proposal(String(next), secret, challenge);
      }
      expect(tried.length).toBeLessThanOrEqual(3);
      // A fix is a change, and nothing that the person would have to enter first.
      expect(proposal(method, secret, challenge)).not.toBe(method);
      expect(tried.slice(1)).not.toContain('private_key_jwt');
      expect(tried.slice(1)).not.toContain('none');
    },
  );

  it('proposes only Basic for a client without an ID, which the body would need', () => {
    const proposals = CASES.map(({ method, secret, challenge }) =>
      proposal(method, secret, challenge, ''),
    );
    expect(new Set(proposals)).toEqual(
      new Set([undefined, 'client_secret_basic', 'client_secret_basic_raw']),
    );
  });

  it('proposes another encoding, not the body, if the server read the header', () => {
    const [, special] = SECRETS;
    expect(proposal('client_secret_basic', special, true)).toBe(
      'client_secret_basic_raw',
    );
    expect(proposal('client_secret_basic_raw', special, true)).toBe(
      'client_secret_basic',
    );
  });
});
