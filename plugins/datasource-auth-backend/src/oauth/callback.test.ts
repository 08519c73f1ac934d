import { Egress } from '../egress/Egress';
import { DefaultProviderClient } from './DefaultProviderClient';
import { OAuthExchangeError } from './OAuthExchangeError';
import { AuthInput, providerContext } from './__testUtils__/providerContext';

const ISSUER = 'https://idp.example/tenant';

describe('readCallback', () => {
  const client = DefaultProviderClient.create({
    egress: new Egress(
      { allow: [], allowHttp: [], only: [] },
      { environment: {} },
    ),
  });

  const read = (
    parameters: Record<string, string>,
    auth: Partial<AuthInput> = {},
    rest = {},
  ) =>
    client.readCallback(
      providerContext({ grantType: 'authorization_code', ...auth }, rest),
      parameters,
    );

  const failure = (...args: Parameters<typeof read>) => {
    try {
      read(...args);
    } catch (error) {
      expect(error).toBeInstanceOf(OAuthExchangeError);
      return (error as OAuthExchangeError).diagnosis;
    }
    throw new Error('It did not fail');
  };

  it('returns the code', () => {
    expect(read({ code: 'c', state: 's' })).toEqual({ code: 'c', kept: {} });
  });

  it('[checklist 15] accepts the configured issuer, and none if none is announced', () => {
    const auth = { issuer: ISSUER };
    expect(read({ code: 'c', state: 's', iss: ISSUER }, auth).code).toBe('c');
    expect(read({ code: 'c', state: 's' }, auth).code).toBe('c');
  });

  it('[checklist 15, 16] rejects another issuer, with a code or with an error', () => {
    const answers: Record<string, string>[] = [
      { code: 'c' },
      { error: 'access_denied' },
    ];
    for (const parameters of answers) {
      const diagnosis = failure(
        { ...parameters, state: 's', iss: 'https://evil.example' },
        { issuer: ISSUER },
      );
      expect(diagnosis).toMatchObject({
        code: 'callback_invalid',
        title: 'Response from an unexpected issuer',
        cause: `Expected ${ISSUER}, got https://evil.example. Nothing was stored.`,
      });
    }
  });

  it.each([
    `${ISSUER}/`,
    'HTTPS://idp.example/tenant',
    'https://idp.example:443/tenant',
    '',
  ])('[checklist 15] compares the issuer character by character: %p', iss => {
    expect(
      failure({ code: 'c', state: 's', iss }, { issuer: ISSUER }).code,
    ).toBe('callback_invalid');
  });

  it('[checklist 15] rejects a missing issuer if one is announced', () => {
    const auth = { issuer: ISSUER, requireIss: true };
    expect(failure({ code: 'c', state: 's' }, auth)).toMatchObject({
      code: 'callback_invalid',
      title: 'The response names no issuer',
    });
    expect(read({ code: 'c', state: 's', iss: ISSUER }, auth).code).toBe('c');
  });

  it("[checklist 15] proposes an issuer that wasn't announced, if it is valid", () => {
    expect(read({ code: 'c', state: 's', iss: ISSUER })).toEqual({
      code: 'c',
      kept: {},
      suggestedIssuer: ISSUER,
    });
    for (const iss of [
      'data:text/html,x',
      'http://x.example',
      'https://x.example/?a',
      'nonsense',
    ])
      expect(
        read({ code: 'c', state: 's', iss }).suggestedIssuer,
      ).toBeUndefined();
  });

  it('compares with an issuer whose templates are filled in', () => {
    const auth = { issuer: 'https://{{instance.host}}/tenant' };
    const rest = { instance: { host: 'idp.example' } };
    expect(read({ code: 'c', iss: ISSUER }, auth, rest).code).toBe('c');
  });

  it("[checklist 17] explains a refusal with the provider's message, sanitized", () => {
    const diagnosis = failure({
      error: 'access_denied',
      error_description: `<b>no</b>\u0000\n${'x'.repeat(600)}`,
      error_uri: 'https://evil.example',
      state: 's-secret-state',
    });
    expect(diagnosis).toMatchObject({
      code: 'access_denied',
      title: 'Access was not approved',
      retryable: false,
    });
    expect(diagnosis.remedy).toContain("client 'client'");
    expect(diagnosis.details.errorDescription).toMatch(/^<b>no<\/b> x+…$/);
    expect(diagnosis.details.errorDescription).toHaveLength(501);
    expect(JSON.stringify(diagnosis)).not.toContain('evil.example');
  });

  it('[checklist 19] prefers an error to a code', () => {
    expect(
      failure({ code: 'c', error: 'server_error', state: 's' }),
    ).toMatchObject({
      code: 'server_error',
      title: 'The provider has a problem',
      retryable: true,
    });
  });

  it.each([
    ['invalid_scope', 'The provider requires a scope'],
    ['invalid_request', 'The provider rejected the authorization request'],
    ['unauthorized_client', "This client can't use this grant"],
    ['unsupported_response_type', 'Authorization code grant not supported'],
    ['temporarily_unavailable', 'The provider has a problem'],
    ['login_required', 'The provider needs you to sign in'],
    ['consent_required', 'Access was not approved'],
    ['constructor', 'The provider reported an error'],
    ['something_new', 'The provider reported an error'],
  ])('explains %s: %s', (error, title) => {
    expect(failure({ error, state: 's' }).title).toBe(title);
  });

  it('never shows the code or the state, even if the provider echoes them', () => {
    const diagnosis = failure({
      error: 'invalid_request',
      error_description: 'bad code the-code-value in state the-state-value',
      code: 'the-code-value',
      state: 'the-state-value',
    });
    expect(JSON.stringify(diagnosis)).not.toMatch(/the-(code|state)-value/);
  });

  it.each<[string, Record<string, string>]>([
    ['no code', { state: 's' }],
    ['an empty code', { state: 's', code: '' }],
    ['an ID token in the browser', { state: 's', code: 'c', id_token: 'x' }],
    ['a JARM response', { state: 's', response: 'x.y.z' }],
  ])('[checklist 14] rejects %s', (_, parameters) => {
    expect(failure(parameters).code).toBe('callback_invalid');
  });

  it('reads the code under another name, and only there', () => {
    const auth = {
      callback: { codeParam: 'spapi_oauth_code', stateParam: 'amazon_state' },
    };
    expect(
      read(
        { spapi_oauth_code: 'right', code: 'wrong', amazon_state: 's' },
        auth,
      ).code,
    ).toBe('right');
    expect(failure({ code: 'wrong', amazon_state: 's' }, auth).code).toBe(
      'callback_invalid',
    );
  });

  it('keeps the configured values, but never the code, the state, or a token', () => {
    const auth = {
      callback: { keep: ['realmId', 'missing', 'copy', 'toString'] },
    };
    expect(
      read(
        { code: 'c', state: 's', realmId: '42', other: 'x', copy: 'c' },
        auth,
      ).kept,
    ).toEqual({ realmId: '42' });
    expect(
      read(
        { mycode: 'c', mystate: 's' },
        {
          callback: {
            codeParam: 'mycode',
            stateParam: 'mystate',
            keep: ['mycode', 'mystate'],
          },
        },
      ).kept,
    ).toEqual({});
  });
});
