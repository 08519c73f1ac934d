import { isBoundToBackend } from './senderConstraint';
import { datasourceSettingsSchema } from './settings';

const faults = (change: object, auth: object = {}) => {
  const { error } = datasourceSettingsSchema.safeParse({
    name: 'crm',
    ...change,
    auth: { grantType: 'client_credentials', ...auth },
  });
  return Object.fromEntries(
    (error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]),
  );
};
const DPOP = { senderConstraint: 'dpop' };
const MTLS = { senderConstraint: 'mtls' };

describe('N6 what tokens are bound to', () => {
  it('accepts each of them for OAuth 2.0', () => {
    for (const senderConstraint of ['none', 'mtls', 'dpop'])
      expect(faults({ senderConstraint })).toEqual({});
    expect(faults({ senderConstraint: 'tls' })).toEqual({
      senderConstraint: 'Choose what tokens are bound to: none, mtls, dpop',
    });
  });

  it.each([
    ['static', { type: 'static', bearer: 'key' }],
    ['none', { type: 'none' }],
    [
      'jwt',
      { type: 'jwt', assertion: { key: 'k', alg: 'ES256', audience: '' } },
    ],
  ])('refuses a binding for an API of kind %s', (_, auth) => {
    const { grantType, ...rest } = { grantType: undefined, ...auth };
    const of = (change: object) => {
      const { error } = datasourceSettingsSchema.safeParse({
        ...{ name: 'crm', auth: rest },
        ...change,
      });
      return error?.issues.map(({ message }) => message);
    };
    expect(of(DPOP)).toEqual([
      'Choose none: only OAuth 2.0 tokens can be bound with DPoP.',
    ]);
    expect(of(MTLS)).toEqual([
      'Choose none: only OAuth 2.0 tokens can be bound to a client certificate. It is presented to the API in any case.',
    ]);
    expect(of({ senderConstraint: 'none' })).toBeUndefined();
  });

  it.each(['Authorization', 'authorization', 'DPoP'])(
    'threats 28: refuses the API header %s with DPoP',
    name => {
      const api = { headers: { [name]: 'x' } };
      expect(faults({ ...DPOP, api })).toEqual({
        [`api.headers.${name}`]: `Remove '${name}': with DPoP, Backstage sets this header for each call.`,
      });
    },
  );

  it('refuses another place or scheme for the token with DPoP', () => {
    expect(faults(DPOP, { header: { name: 'X-Token' } })).toEqual({
      'auth.header.name': expect.stringMatching(/sent in 'Authorization'/),
    });
    expect(faults(DPOP, { header: { prefix: 'Token' } })).toEqual({
      'auth.header.prefix': expect.stringMatching(/with the scheme 'DPoP'/),
    });
    expect(faults(DPOP, { header: { prefix: 'DPoP' } })).toEqual({});
    expect(faults(MTLS, { header: { name: 'X-Token' } })).toEqual({});
  });

  it('refuses parameters and headers that Backstage sets for DPoP', () => {
    const authorize = { params: { dpop_jkt: 'x' } };
    expect(
      Object.keys(faults(DPOP, { grantType: 'authorization_code', authorize })),
    ).toEqual(['auth.authorize.params.dpop_jkt']);
    const token = { headers: { DPoP: 'x' } };
    expect(Object.keys(faults(DPOP, { token }))).toEqual([
      'auth.token.headers.DPoP',
    ]);
  });

  it('leaves calls to the backend, as a client certificate does', () => {
    expect(isBoundToBackend({})).toBe(false);
    expect(isBoundToBackend({ senderConstraint: 'none' })).toBe(false);
    expect(isBoundToBackend({ senderConstraint: 'dpop' })).toBe(true);
    expect(isBoundToBackend({ senderConstraint: 'mtls' })).toBe(true);
    const clientCertificate = { certificate: 'PEM' };
    expect(isBoundToBackend({ clientCertificate })).toBe(true);
  });
});
