import { createHash } from 'node:crypto';
import { RESERVED_PARAMETERS } from 'backstage-plugin-datasource-auth-common';
import { authorizeParameters, authorizeRequest } from './authorizeRequest';
import { AuthorizeStep } from './ProviderClient';
import { calculateJwkThumbprint } from 'jose';
import { SettingsError } from '../settings/SettingsError';
import { createDpopKey } from '../signing/dpopProof';
import { AuthInput, providerContext } from './__testUtils__/providerContext';

const VERIFIER = 'a-verifier-of-forty-three-unreserved-letters';
const step: AuthorizeStep = {
  state: 'the-state',
  codeVerifier: VERIFIER,
  nonce: 'the-nonce',
};

async function request(
  auth: Partial<AuthInput> = {},
  rest: Parameters<typeof providerContext>[1] = {},
  with_: AuthorizeStep = step,
) {
  const context = providerContext(
    {
      grantType: 'authorization_code',
      ...auth,
      authorize: {
        url: 'https://idp.example/authorize',
        ...(auth.authorize as object),
      },
    },
    rest,
  );
  return authorizeRequest(
    context,
    with_,
    await authorizeParameters(context, with_),
  );
}

const queryOf = async (...args: Parameters<typeof request>) =>
  new URL((await request(...args)).url).searchParams;

describe('the authorization request', () => {
  it('[checklist 2, 7] has the parameters of RFC 6749, with an S256 challenge and the exact redirect URI', async () => {
    const made = await request({ scopes: ['read', 'write'] });
    expect(made.method).toBe('GET');
    const query = new URL(made.url).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      response_type: 'code',
      client_id: 'client',
      redirect_uri:
        'https://backstage.example.com/api/datasource-auth/oauth/callback/',
      scope: 'read write',
      state: 'the-state',
      code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
      code_challenge_method: 'S256',
    });
    expect([...query.keys()]).toHaveLength(7);
  });

  it('N6, RFC 9449 section 10: names the key that tokens are bound to, without its private part', async () => {
    const dpopKey = await createDpopKey();
    const context = {
      ...providerContext({
        grantType: 'authorization_code',
        authorize: {
          url: 'https://idp.example/authorize',
          params: { prompt: 'consent' },
        },
      }),
      ...{ senderConstraint: 'dpop' as const, dpopKey },
    };
    const parameters = Object.fromEntries(
      await authorizeParameters(context, step),
    );
    const { d, ...jwk } = dpopKey;
    expect(parameters.dpop_jkt).toBe(await calculateJwkThumbprint(jwk));
    expect(JSON.stringify(parameters)).not.toContain(d);
  });

  it.each([undefined, 'short', 'x'.repeat(129), `${'x'.repeat(43)} `])(
    '[checklist 2] is not created with PKCE on and the verifier %p',
    async codeVerifier => {
      await expect(
        request({}, {}, { state: 's', codeVerifier }),
      ).rejects.toThrow(SettingsError);
    },
  );

  it('[checklist 3] has no challenge if PKCE is off', async () => {
    const query = await queryOf({ pkce: 'off' });
    expect([...query.keys()].filter(name => name.startsWith('code_'))).toEqual(
      [],
    );
  });

  it('[checklist 4] accepts other response types, but never one with a token', async () => {
    expect(
      (
        await queryOf({ authorize: { responseType: 'authorization_code' } })
      ).get('response_type'),
    ).toBe('authorization_code');
    expect(
      (await queryOf({ authorize: { responseType: '' } })).has('response_type'),
    ).toBe(false);
    const context = providerContext({
      grantType: 'authorization_code',
      authorize: { url: 'https://idp.example/' },
    });
    for (const responseType of ['token', 'code token', 'id_token'])
      await expect(
        authorizeParameters(
          {
            ...context,
            auth: {
              ...context.auth,
              authorize: { ...context.auth.authorize, responseType },
            },
          },
          step,
        ),
      ).rejects.toThrow(SettingsError);
  });

  it('[checklist 5] lets no extra parameter override what Backstage sets, even one that bypasses the schema', async () => {
    const context = providerContext({
      grantType: 'authorization_code',
      scopes: ['a'],
      authorize: { url: 'https://idp.example/authorize' },
    });
    const params = Object.fromEntries(
      [
        'client_id',
        'redirect_uri',
        'response_type',
        'state',
        'scope',
        'code_challenge',
        'code_challenge_method',
      ].map(name => [name, 'evil']),
    );
    const parameters = await authorizeParameters(
      {
        ...context,
        auth: {
          ...context.auth,
          authorize: { ...context.auth.authorize, params },
        },
      },
      step,
    );
    expect(parameters.map(([, value]) => value)).not.toContain('evil');
    expect(new Set(parameters.map(([name]) => name)).size).toBe(
      parameters.length,
    );
  });

  it('sends extra parameters with templates filled in', async () => {
    const query = await queryOf(
      {
        authorize: {
          params: {
            prompt: 'consent',
            nonce: '{{nonce}}',
            tenant: '{{instance.tenant}}',
            copy: '{{state}}',
          },
        },
      },
      { instance: { tenant: 'a&b' } },
    );
    expect(Object.fromEntries(query)).toMatchObject({
      prompt: 'consent',
      nonce: 'the-nonce',
      tenant: 'a&b',
      copy: 'the-state',
    });
  });

  it("[checklist 6] keeps the URL's own query as written, without duplicates", async () => {
    const { url } = await request({
      authorize: {
        url: 'https://idp.example/authorize?p=b%20c&client_id=other&x',
      },
    });
    expect(url).toMatch(
      /^https:\/\/idp\.example\/authorize\?p=b%20c&x&response_type=code&/,
    );
    expect(new URL(url).searchParams.getAll('client_id')).toEqual(['client']);
  });

  const RESERVED = RESERVED_PARAMETERS.flatMap(name => [
    name,
    name.toUpperCase(),
    `%${name.charCodeAt(0).toString(16)}${name.slice(1)}`,
  ]);

  it.each<[string, Record<string, unknown>]>([
    ['by GET', {}],
    ['by POST', { authorize: { method: 'POST' } }],
    ['in the fragment', { authorize: { fragment: true } }],
    ['with an unencoded scope', { authorize: { rawScope: true } }],
    ['without PKCE, scopes and nonce', { pkce: 'off', scopes: [] }],
    [
      'under other names',
      { authorize: { rename: { client_id: 'app_id', response_type: '' } } },
    ],
  ])(
    "[checklist 5, 6] ignores protocol parameters in the URL's query: %s",
    async (_, { authorize, ...auth }) => {
      const query = RESERVED.map(name => `${name}=evil`).join('&');
      const made = await request({
        scopes: ['openid'],
        ...auth,
        authorize: {
          url: `https://idp.example/authorize?p=b%20c&${query}&x`,
          ...(authorize as object),
        },
      });
      const { search, hash, searchParams } = new URL(made.url);
      expect(search).toMatch(/^\?p=b%20c&x(&|$)/);
      const sent = [
        ...searchParams.keys(),
        ...new URLSearchParams(hash.slice(1)).keys(),
        ...Object.keys(made.method === 'POST' ? made.fields : {}),
      ].map(name => name.toLowerCase());
      expect(new Set(sent).size).toBe(sent.length);
      expect(JSON.stringify(made)).not.toContain('evil');
    },
  );

  it('[checklist 6] puts the parameters after the # if configured, and accepts no other fragment', async () => {
    const { url } = await request({ authorize: { fragment: true } });
    expect(url).toMatch(
      /^https:\/\/idp\.example\/authorize#response_type=code&client_id=client&/,
    );
    const context = providerContext({ grantType: 'authorization_code' });
    expect(() =>
      authorizeRequest(
        {
          ...context,
          auth: {
            ...context.auth,
            authorize: {
              ...context.auth.authorize,
              url: 'https://idp.example/#/login',
            },
          },
        },
        step,
        [],
      ),
    ).toThrow(/fragment/);
  });

  it('[checklist 9] joins scopes with the configured separator and omits an empty scope', async () => {
    expect(
      (await queryOf({ scopes: ['a', 'b'], scopeSeparator: ',' })).get('scope'),
    ).toBe('a,b');
    expect(
      (await queryOf({ scopes: ['a', 'b'], scopeSeparator: '+' })).get('scope'),
    ).toBe('a+b');
    expect((await queryOf()).has('scope')).toBe(false);
  });

  it('[checklist 9] rejects a scope that a template makes invalid', async () => {
    await expect(
      request({ scopes: ['{{instance.s}}'] }, { instance: { s: 'a b"' } }),
    ).rejects.toThrow(/scope/);
  });

  it('sends the scope unencoded if configured, and encodes only characters that would end it', async () => {
    const { url } = await request({
      scopes: ['https://x.example/auth:read', 'a&b', 'c#d'],
      scopeSeparator: '+',
      authorize: { rawScope: true },
    });
    expect(url).toContain(
      '&scope=https://x.example/auth:read+a%26b+c%23d&state=',
    );
    expect(new URL(url).hash).toBe('');
  });

  it('[checklist 10] S3.13 repeats the resource and rejects one with a fragment', async () => {
    const resource = ['https://a.example/', 'urn:b'];
    const query = await queryOf({ resource, audience: 'api.example' });
    expect(query.getAll('resource')).toEqual(resource);
    expect(query.get('audience')).toBe('api.example');
    await expect(
      request(
        { resource: ['https://a.example/{{instance.r}}'] },
        { instance: { r: '#x' } },
      ),
    ).rejects.toThrow(/RFC 8707/);
  });

  it('[checklist 11] sends a nonce whenever openid is requested, with or without an issuer', async () => {
    const issuer = 'https://idp.example';
    expect((await queryOf({ issuer, scopes: ['openid'] })).get('nonce')).toBe(
      'the-nonce',
    );
    expect((await queryOf({ scopes: ['openid'] })).get('nonce')).toBe(
      'the-nonce',
    );
    expect((await queryOf({ issuer, scopes: ['read'] })).has('nonce')).toBe(
      false,
    );
  });

  it.each<[string, string[], Record<string, unknown>, boolean]>([
    ['a template', ['{{instance.login}}'], {}, true],
    ['a kept value', ['read', '{{kept.login}}'], {}, true],
    ['a part', ['open{{instance.end}}'], {}, true],
    ['one of several', ['{{instance.list}}'], { scopeSeparator: ',' }, true],
    ['another scope', ['{{instance.other}}', 'x{{instance.login}}'], {}, false],
    [
      'a scope under another name',
      ['{{instance.login}}'],
      { authorize: { rename: { scope: 'user_scope' } } },
      true,
    ],
    [
      'an omitted scope',
      ['openid'],
      { authorize: { rename: { scope: '' } } },
      false,
    ],
  ])(
    '[checklist 11] sends a nonce exactly if openid is sent, by %s',
    async (_, scopes, auth, expected) => {
      const query = await queryOf(
        { scopes, ...auth },
        {
          instance: {
            ...{ login: 'openid', end: 'id', other: 'openid2' },
            list: 'read,openid',
          },
          kept: { login: 'openid' },
        },
      );
      expect(query.has('nonce')).toBe(expected);
    },
  );

  it('S3.10 creates a form for POST, with repeated parameters in the URL', async () => {
    const made = await request({
      scopes: ['a'],
      resource: ['https://a.example/', 'https://b.example/'],
      authorize: { method: 'POST', url: 'https://idp.example/authorize?p=1' },
    });
    expect(made).toEqual({
      method: 'POST',
      url: 'https://idp.example/authorize?p=1&resource=https%3A%2F%2Fa.example%2F&resource=https%3A%2F%2Fb.example%2F',
      fields: {
        response_type: 'code',
        client_id: 'client',
        redirect_uri: expect.any(String),
        scope: 'a',
        state: 'the-state',
        code_challenge: expect.any(String),
        code_challenge_method: 'S256',
      },
    });
    expect(JSON.stringify(made)).not.toContain('client-secret');
  });

  it('renames and omits parameters, but omits none that protects the exchange', async () => {
    const query = await queryOf({
      scopes: ['a'],
      authorize: {
        rename: { client_id: 'app_id', scope: 'user_scope', response_type: '' },
      },
    });
    expect(query.get('app_id')).toBe('client');
    expect(query.get('user_scope')).toBe('a');
    expect(query.has('client_id')).toBe(false);
    expect(query.has('response_type')).toBe(false);

    const context = providerContext({
      grantType: 'authorization_code',
      authorize: { url: 'https://idp.example/' },
    });
    const parameters = await authorizeParameters(
      {
        ...context,
        auth: {
          ...context.auth,
          authorize: {
            ...context.auth.authorize,
            rename: { state: '', code_challenge: '' },
          },
        },
      },
      step,
    );
    expect(parameters.map(([name]) => name)).toEqual(
      expect.arrayContaining(['state', 'code_challenge']),
    );
  });

  it('rejects two parameters with the same name', async () => {
    await expect(
      request({
        audience: 'x',
        authorize: { params: { tenant: 'a' }, rename: { audience: 'tenant' } },
      }),
    ).rejects.toThrow("'tenant' and 'audience' would both be sent as 'tenant'");
  });

  it.each([
    ['client ID', { clientId: undefined }],
    ['Authorize URL', { authorize: { url: undefined } }],
  ])('reports that the %s is missing', async (what, auth) => {
    await expect(request(auth)).rejects.toThrow(`The ${what} is missing`);
  });
});
