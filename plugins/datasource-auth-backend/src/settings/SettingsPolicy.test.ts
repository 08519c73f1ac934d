import { bareSettingsOf } from '../__testUtils__/settings';
import { SettingsPolicy } from './SettingsPolicy';

const checkUrl = jest.fn((url: string) => {
  if (new URL(url).hostname.endsWith('.internal')) {
    throw new Error(`${new URL(url).hostname} is not allowed`);
  }
});

const policy = (passwordGrantEnabled = true) =>
  new SettingsPolicy({ checkUrl, passwordGrantEnabled });

const allow = (auth: Record<string, unknown> = {}, change = {}) =>
  policy().assertAllowed(bareSettingsOf(change, auth));

describe('SettingsPolicy', () => {
  beforeEach(() => {
    checkUrl.mockClear();
  });

  it('[checklist 33] takes the password grant where it is switched on', () => {
    expect(() => allow({ grantType: 'password' })).not.toThrow();
  });

  it('[checklist 33] refuses the password grant where it is switched off, and only that', () => {
    const off = policy(false);
    expect(() =>
      off.assertAllowed(bareSettingsOf({}, { grantType: 'password' })),
    ).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        statusCode: 400,
        message: expect.stringContaining(
          'datasourceAuth.passwordGrant.enabled',
        ),
        fields: { 'auth.grantType': 'The password grant is switched off' },
      }),
    );
    expect(() => off.assertAllowed(bareSettingsOf())).not.toThrow();
  });

  it('[checklist 8] asks of every address whether it may be spoken to, and names each field that may not', () => {
    const url = 'https://a.internal/x';
    expect(() =>
      allow(
        {
          issuer: url,
          authorize: { url, pushedRequestUrl: url },
          token: { url },
          refresh: { url },
          revoke: { url },
        },
        { baseUrl: url },
      ),
    ).toThrow(
      expect.objectContaining({
        code: 'egress_blocked',
        statusCode: 400,
        // Once, though six fields have it.
        message: 'a.internal is not allowed',
        fields: Object.fromEntries(
          [
            'baseUrl',
            'auth.issuer',
            'auth.authorize.url',
            'auth.authorize.pushedRequestUrl',
            'auth.token.url',
            'auth.refresh.url',
            'auth.revoke.url',
          ].map(path => [path, 'a.internal is not allowed']),
        ),
      }),
    );
  });

  it('S0.25 asks of nothing that is not filled in yet', () => {
    allow({ authorize: {}, token: { url: '' } }, { baseUrl: undefined });
    expect(checkUrl).not.toHaveBeenCalled();
  });

  it('asks of the address that comes out of the instance values', () => {
    const auth = { token: { url: 'https://{{instance.host}}/token' } };
    expect(() => allow(auth, { instance: { host: 'a.internal' } })).toThrow(
      expect.objectContaining({ code: 'egress_blocked' }),
    );
    expect(() =>
      allow(auth, { instance: { host: 'a.example' } }),
    ).not.toThrow();
    expect(() => allow(auth)).not.toThrow();
    expect(checkUrl).toHaveBeenLastCalledWith('https://x/token');
  });

  describe('threats 2: a value that is part of a host is no secret', () => {
    const host = 'https://{{instance.host}}/x';
    const instance = { host: { secret: true } };

    it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
      ['token URL', { token: { url: host } }, {}],
      ['pushed request URL', { authorize: { pushedRequestUrl: host } }, {}],
      ['refresh URL', { refresh: { url: host } }, {}],
      ['revocation URL', { revoke: { url: host } }, {}],
      ['base URL', {}, { baseUrl: 'https://a.{{ instance.host }}.example/x' }],
    ])(
      'in the %s: it would change where secrets go, and nobody would see it',
      (_, auth, change) => {
        expect(() => allow(auth, { ...change, instance })).toThrow(
          expect.objectContaining({
            code: 'invalid_request',
            fields: {
              'instance.host': expect.stringContaining('cannot be secret'),
            },
          }),
        );
      },
    );

    it('threats 28: in the authorize URL the schema refuses it: the browser would see it', () => {
      expect(() => allow({ authorize: { url: host } }, { instance })).toThrow(
        /is secret and would be visible here/,
      );
    });

    it('and may be one elsewhere in the address', () => {
      expect(() =>
        allow(
          { token: { url: 'https://a.example/{{instance.host}}/x' } },
          { instance },
        ),
      ).not.toThrow();
    });
  });
});
