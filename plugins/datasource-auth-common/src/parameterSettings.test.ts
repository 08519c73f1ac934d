import { authFaults, parsed } from './__testUtils__/settingsFaults';
import { RESERVED_PARAMETERS, UNDROPPABLE_PARAMETERS } from './parameters';

describe('extra parameters', () => {
  const PLACES = [
    ['authorize', 'params'],
    ['token', 'params'],
    ['token', 'query'],
    ['refresh', 'params'],
  ] as const;

  it.each(PLACES)(
    '[checklist 4, 5] rejects every reserved parameter in %s.%s, in any spelling',
    (part, member) => {
      for (const name of RESERVED_PARAMETERS) {
        for (const spelled of [name, name.toUpperCase()]) {
          expect(
            authFaults({ [part]: { [member]: { [spelled]: 'x' } } }),
          ).toEqual({
            [`auth.${part}.${member}.${spelled}`]: `Backstage sets '${spelled}' itself. Remove it from the extra parameters.`,
          });
        }
      }
    },
  );

  it.each([
    'client_id',
    'redirect_uri',
    'response_type',
    'state',
    'code_challenge',
    'code_challenge_method',
    'nonce',
    'scope',
  ])('[checklist 5] reserves %s', name => {
    expect(RESERVED_PARAMETERS).toContain(name);
  });

  it('accepts nonce only as the template {{nonce}}', () => {
    const nonce = (value: unknown) =>
      Object.keys(authFaults({ authorize: { params: { nonce: value } } }));
    expect(nonce('{{nonce}}')).toEqual([]);
    expect(nonce('fixed')).toHaveLength(1);
    expect(nonce('{{nonce}}x')).toHaveLength(1);
    expect(nonce({ secret: true, value: '{{nonce}}' })).toHaveLength(1);
  });

  it('S4.12 accepts other parameters, plain and secret', () => {
    expect(
      authFaults({
        authorize: { params: { prompt: 'consent' } },
        token: { params: { tenant: { secret: true, value: 'x' } } },
      }),
    ).toEqual({});
  });

  it.each(['constructor', 'prototype'])(
    "rejects the key %s, which would reach an object's prototype",
    key => {
      expect(
        Object.keys(authFaults({ token: { params: { [key]: 'x' } } })),
      ).toHaveLength(1);
    },
  );

  it("does not copy __proto__ as a key or into an object's prototype", () => {
    const { auth } = parsed({
      token: {
        params: JSON.parse('{"__proto__": {"secret": true}, "a": "b"}'),
      },
    });
    expect(Object.keys(auth.token.params)).toEqual(['a']);
    expect(Object.getPrototypeOf(auth.token.params)).not.toHaveProperty(
      'secret',
    );
  });
});

describe('renamed parameters', () => {
  const rename = (renames: Record<string, string>) =>
    authFaults({ authorize: { rename: renames } });

  it('renames parameters, and omits those with an empty name', () => {
    expect(rename({ client_id: 'app_id', scope: '' })).toEqual({});
  });

  it.each(RESERVED_PARAMETERS)(
    '[checklist 5] rejects renaming a parameter to %s',
    name => {
      expect(rename({ audience: name })).toEqual({
        'auth.authorize.rename.audience': `'${name}' is a standard parameter. Enter another name.`,
      });
      expect(rename({ audience: name.toUpperCase() })).not.toEqual({});
      expect(rename({ [name]: name })).toEqual({});
      // N5: a server whose names have another case
      expect(rename({ [name]: name.toUpperCase() })).toEqual({});
    },
  );

  it.each(UNDROPPABLE_PARAMETERS)(
    'does not omit %s, which protects the exchange (RFC 9700 sections 2.1.1 and 4.7)',
    name => {
      expect(rename({ [name]: '' })).toEqual({
        [`auth.authorize.rename.${name}`]: `'${name}' protects the exchange. Enter a name for it.`,
      });
    },
  );

  it('applies the same rules to the token request', () => {
    expect(authFaults({ token: { rename: { audience: 'code' } } })).toEqual({
      'auth.token.rename.audience':
        expect.stringContaining('standard parameter'),
    });
    expect(authFaults({ token: { rename: { code_verifier: '' } } })).toEqual({
      'auth.token.rename.code_verifier': expect.stringContaining('protects'),
    });
  });
});

describe('headers of the token request', () => {
  const headers = (given: Record<string, unknown>) =>
    authFaults({ token: { headers: given } });

  it("S4.12 accepts the provider's headers", () => {
    expect(
      headers({
        'X-Api-Version': '2',
        'X-Key': { secret: true, value: 'k' },
      }),
    ).toEqual({});
  });

  it.each([
    'Authorization',
    'content-type',
    'Content-Length',
    'HOST',
    'Connection',
    'Transfer-Encoding',
    'Upgrade',
    'TE',
    'Trailer',
    'Expect',
    'Cookie',
    'Proxy-Authorization',
  ])('[checklist 23] rejects %s, which Backstage sets itself', name => {
    expect(headers({ [name]: 'x' })).toEqual({
      [`auth.token.headers.${name}`]: `Backstage sets the header '${name}' itself. Remove it from the extra headers.`,
    });
  });

  it.each(['X Key', 'X:Key', 'X\r\nHost', 'Schlüssel'])(
    'rejects %j as a header name',
    name => {
      expect(Object.keys(headers({ [name]: 'x' }))).toEqual([
        `auth.token.headers.${name}`,
      ]);
    },
  );

  it.each(['a\r\nHost: evil.example', 'a\u0000', 'a\u007f'])(
    'rejects the value %j, plain or secret, which would end the header',
    value => {
      expect(headers({ 'X-Key': value })).not.toEqual({});
      expect(headers({ 'X-Key': { secret: true, value } })).not.toEqual({});
    },
  );

  it.each(['', 'X Token', 'X-Token\n', 'X-Tökn'])(
    'rejects %j as the header that carries the token',
    name => {
      expect(Object.keys(authFaults({ header: { name } }))).toContain(
        'auth.header.name',
      );
    },
  );

  it('sends the token without a prefix if the API requires that', () => {
    const { auth } = parsed({ header: { name: 'X-Api-Key', prefix: '' } });
    expect(auth.header).toEqual({ name: 'X-Api-Key', prefix: '' });
  });
});
