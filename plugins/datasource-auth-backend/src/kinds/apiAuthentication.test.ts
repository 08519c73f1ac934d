import { DatasourceNotConfiguredError } from 'backstage-plugin-datasource-auth-common';
import { bareSettingsOf } from '../__testUtils__/settings';
import { apiAuthentication } from './apiAuthentication';

describe('the header that carries a token', () => {
  it.each([
    [{}, { Authorization: 'Bearer t' }],
    [{ prefix: 'token' }, { Authorization: 'token t' }],
    [{ name: 'X-Api-Key', prefix: '' }, { 'X-Api-Key': 't' }],
  ])('%j', (header, expected) => {
    const settings = bareSettingsOf({}, { header });
    const token = { accessToken: 't', kept: {} };
    const source = { settings, secrets: new Map() };
    expect(apiAuthentication(source, token).headers).toEqual(expected);
  });
});

describe('N2: the headers and parameters of every call', () => {
  const api = {
    headers: {
      'X-Version': '2',
      'X-Key': { secret: true, value: '' },
      'X-Realm': '{{kept.realm}}/{{instance.tenant}}',
    },
    query: { key: { secret: true, value: '' }, v: '{{instance.pin}}-1' },
  };
  const settings = bareSettingsOf({
    api,
    instance: { tenant: 'acme', pin: { secret: true } },
  });
  const secrets = new Map([
    ['api.headers.X-Key', 'key-1'],
    ['api.query.key', 'key 2'],
    ['instance.pin', 'pin'],
    ['auth.clientSecret', 'not for the API'],
  ]);
  const token = { accessToken: 't', kept: { realm: 'r1' } };

  it('have their templates and secrets filled in, and list the secret values', () => {
    expect(apiAuthentication({ settings, secrets }, token)).toEqual({
      headers: {
        Authorization: 'Bearer t',
        'X-Version': '2',
        'X-Key': 'key-1',
        'X-Realm': 'r1/acme',
      },
      query: { key: 'key 2', v: 'pin-1' },
      secrets: ['t', 'key-1', 'key 2', 'pin-1', 'pin'],
    });
  });

  it.each([
    ['is missing', {}, /{{kept.realm}}.* has no value/],
    [
      'cannot be in a header',
      { realm: 'a\r\nX: y' },
      /'X-Realm' contains invalid characters/,
    ],
  ])('cause an error with a remedy if a value %s', (_, kept, text) => {
    const call = () =>
      apiAuthentication({ settings, secrets }, { ...token, kept });
    expect(call).toThrow(DatasourceNotConfiguredError);
    expect(call).toThrow(text as RegExp);
    expect(call).toThrow('Correct the headers and query parameters');
  });
});

describe('threats 52: a call as a person', () => {
  it('has what they entered, as it is, and nothing of the shared credential', () => {
    const settings = {
      ...bareSettingsOf({ instance: { tenant: 'acme' } }),
      auth: {
        ...{ type: 'static' as const, rejectedStatuses: [401] },
        headers: { 'X-Key': { secret: true as const }, 'X-App': 'one' },
        query: { sig: { secret: true as const } },
      },
    };
    const secrets = new Map([
      ['auth.bearer', 'ours'],
      ['auth.headers.X-Key', 'ours'],
      ['auth.query.sig', 'ours'],
    ]);
    const own = { 'auth.headers.X-Key': 'hers' };
    expect(
      apiAuthentication(
        { settings, secrets },
        { accessToken: '', kept: {}, own },
      ),
    ).toEqual({
      headers: { 'X-Key': 'hers', 'X-App': 'one' },
      query: {},
      secrets: ['hers'],
    });
  });
});
