import { authFaults, parsed } from './__testUtils__/settingsFaults';

const faultsOf = (assertion: object) => authFaults({ assertion });

describe('assertion settings', () => {
  it('accepts claims that are strings, numbers, booleans, or secrets', () => {
    const claims = {
      ...{ box_sub_type: 'enterprise', level: 3, admin: true },
      account: { secret: true as const, value: 'hush' },
    };
    expect(parsed({ assertion: { claims } }).auth.assertion?.claims).toEqual(
      claims,
    );
  });

  it.each([
    ['iss', 'issuer'],
    ['sub', 'subject'],
    ['aud', 'audience'],
    ['exp', 'lifetimeSeconds'],
    ['iat', 'backdateSeconds'],
    ['nbf', 'backdateSeconds'],
    ['jti', 'omit'],
  ])('rejects the claim %s and names the setting %s', (claim, setting) => {
    expect(faultsOf({ claims: { [claim]: 'x' } })).toEqual({
      [`auth.assertion.claims.${claim}`]: `Backstage sets the claim '${claim}' itself. Remove it from the claims and use the setting '${setting}'.`,
    });
  });

  it('rejects a lifetime of a year', () => {
    expect(faultsOf({ lifetimeSeconds: 31_536_000 })).toEqual({
      'auth.assertion.lifetimeSeconds':
        'An assertion can live for at most 3600 seconds (one hour).',
    });
  });

  it.each(['jku', 'x5u', 'jwk', 'crit', 'b64', 'alg'])(
    'rejects the header %s, which can confuse verifiers',
    name => {
      expect(Object.keys(faultsOf({ headers: { [name]: 'x' } }))).toEqual([
        'auth.assertion.headers',
      ]);
    },
  );
});
