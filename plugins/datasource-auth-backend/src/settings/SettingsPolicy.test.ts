import { message } from 'backstage-plugin-datasource-auth-common';
import { EgressBlockedError } from 'backstage-plugin-datasource-auth-node/egress';
import { bareSettingsOf } from '../__testUtils__/settings';
import { SettingsPolicy } from './SettingsPolicy';

const REFUSED =
  "'a.internal' isn't among the hosts that this Backstage may reach.";

const checkUrl = jest.fn((url: string) => {
  if (new URL(url).hostname.endsWith('.internal')) {
    const host = new URL(url).hostname;
    throw new EgressBlockedError([message('egress.notListed', { host })], []);
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

  it('[checklist 33] accepts the password grant if it is enabled', () => {
    expect(() => allow({ grantType: 'password' })).not.toThrow();
  });

  it('[checklist 33] rejects only the password grant if it is disabled', () => {
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
        fields: { 'auth.grantType': 'The password grant is disabled.' },
      }),
    );
    expect(() => off.assertAllowed(bareSettingsOf())).not.toThrow();
  });

  it('[checklist 8] checks every URL and names each field whose host is not allowed', () => {
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
        // One message, although six fields have this host.
        message: REFUSED,
        fields: Object.fromEntries(
          [
            'baseUrl',
            'auth.issuer',
            'auth.authorize.url',
            'auth.authorize.pushedRequestUrl',
            'auth.token.url',
            'auth.refresh.url',
            'auth.revoke.url',
          ].map(path => [path, REFUSED]),
        ),
      }),
    );
  });

  it('S0.25 skips empty fields', () => {
    allow({ authorize: {}, token: { url: '' } }, { baseUrl: undefined });
    expect(checkUrl).not.toHaveBeenCalled();
  });

  it('checks the URL with its instance values filled in', () => {
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

  describe('threats 2: a value in a host cannot be secret', () => {
    const host = 'https://{{instance.host}}/x';
    const instance = { host: { secret: true } };

    it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
      ['token URL', { token: { url: host } }, {}],
      ['pushed request URL', { authorize: { pushedRequestUrl: host } }, {}],
      ['refresh URL', { refresh: { url: host } }, {}],
      ['revocation URL', { revoke: { url: host } }, {}],
      ['base URL', {}, { baseUrl: 'https://a.{{ instance.host }}.example/x' }],
    ])(
      'in the %s: it would silently change where secrets go',
      (_, auth, change) => {
        expect(() => allow(auth, { ...change, instance })).toThrow(
          expect.objectContaining({
            code: 'invalid_request',
            fields: {
              'instance.host': expect.stringContaining("can't be secret"),
            },
          }),
        );
      },
    );

    it('threats 28: the schema rejects a secret in the authorize URL, which the browser sees', () => {
      expect(() => allow({ authorize: { url: host } }, { instance })).toThrow(
        /is secret and would be visible here/,
      );
    });

    it('can be secret elsewhere in the URL', () => {
      expect(() =>
        allow(
          { token: { url: 'https://a.example/{{instance.host}}/x' } },
          { instance },
        ),
      ).not.toThrow();
    });
  });

  describe('N5 hosts of kept values', () => {
    const hosts = (...list: string[]) =>
      allow(
        { response: { keep: ['domain'], keepHosts: { domain: list } } },
        { baseUrl: 'https://{{kept.domain}}/v1' },
      );

    it('checks the hosts that a base URL can get', () => {
      hosts('api.example.com', '*.example.com');
      expect(checkUrl).toHaveBeenCalledWith('https://api.example.com/v1');
      expect(() => hosts('a.internal')).toThrow(REFUSED);
    });

    it.each(['co.uk', 'github.io', 'herokuapp.com'])(
      'threats 2: rejects *.%s, below which anyone can register a name',
      domain => {
        expect(() => hosts(`*.${domain}`)).toThrow(
          expect.objectContaining({
            code: 'invalid_request',
            fields: {
              'auth.response.keepHosts.domain': expect.stringMatching(
                /Anyone can register .* Enter a domain/,
              ),
            },
          }),
        );
      },
    );
  });
});
