import {
  parsePreset,
  presetSettings,
  PresetWay,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { PresetRegistry } from './PresetRegistry';
import { oauthOf } from '../settings/oauthOf';

const registry = new PresetRegistry();

const acme = parsePreset({
  id: 'acme',
  title: 'Acme',
  category: 'Test',
  ways: ['authorization_code', 'client_credentials', 'password'],
  benefit: 'Orders',
  caveat: 'Only here.',
  source: 'https://acme.example/docs',
  lastVerified: '2026-11-20',
  instance: [
    { name: 'tenant', label: 'Tenant', example: 'blue', pattern: '[a-z]+' },
    {
      name: 'account',
      label: 'Account',
      example: '1',
      ways: ['client_credentials'],
    },
  ],
  settings: {
    auth: {
      authorize: { url: 'https://{{instance.tenant}}.acme.example/authorize' },
      callback: { keep: ['realm'] },
      token: {
        url: 'https://{{instance.tenant}}.acme.example/token',
        headers: { 'X-Version': '1' },
      },
      refresh: { url: 'https://{{instance.tenant}}.acme.example/refresh' },
      scopes: ['read', 'offline_access'],
    },
  },
  variants: {
    client_credentials: {
      auth: {
        token: { params: { account: '{{instance.account}}' } },
        scopes: ['read'],
      },
    },
  },
});

describe('presetSettings', () => {
  it('returns the Okta example: client credentials of a custom authorization server (S1.14)', async () => {
    const draft = presetSettings(await registry.get('okta'), {
      way: 'client_credentials',
      instance: { domain: 'acme.okta.com' },
    });
    expect(draft).toEqual({
      instance: { domain: 'acme.okta.com', server: 'default' },
      auth: {
        grantType: 'client_credentials',
        issuer: 'https://{{instance.domain}}/oauth2/{{instance.server}}',
        token: {
          url: 'https://{{instance.domain}}/oauth2/{{instance.server}}/v1/token',
        },
        revoke: {
          url: 'https://{{instance.domain}}/oauth2/{{instance.server}}/v1/revoke',
        },
        clientAuthentication: 'client_secret_basic',
      },
    });
  });

  it('keeps the three default property names unless the provider deviates (S3.20)', async () => {
    const parse = (draft: object) =>
      oauthOf(datasourceSettingsSchema.parse({ name: 'sample', ...draft }))
        .response;
    expect(parse(presetSettings(await registry.get('asana')))).toMatchObject({
      accessToken: 'access_token',
      expiresIn: 'expires_in',
      refreshToken: 'refresh_token',
    });
    expect(
      parse(presetSettings(await registry.get('slack-user'))),
    ).toMatchObject({ accessToken: 'authed_user.access_token' });
  });

  it('describes headers and parameters of the token request as settings (S4.12)', async () => {
    const zoom = presetSettings(await registry.get('zoom'), {
      way: 'client_credentials',
      instance: { accountId: 'abc' },
    });
    expect(zoom.auth.token).toMatchObject({
      grantType: 'account_credentials',
      params: { account_id: '{{instance.accountId}}' },
    });
    const github = presetSettings(await registry.get('github'), {
      way: 'authorization_code',
    });
    expect(github.auth.token?.headers).toEqual({ Accept: 'application/json' });
  });

  it('merges a variant over the settings: maps are merged, lists replaced', () => {
    const draft = presetSettings(acme, {
      way: 'client_credentials',
      instance: { tenant: 'blue', account: '7' },
    });
    expect(draft.auth.token).toEqual({
      url: 'https://{{instance.tenant}}.acme.example/token',
      headers: { 'X-Version': '1' },
      params: { account: '{{instance.account}}' },
    });
    expect(draft.auth.scopes).toEqual(['read']);
  });

  it('omits settings of other grants', () => {
    const keys = (way: PresetWay) =>
      Object.keys(presetSettings(acme, { way }).auth);
    expect(keys('authorization_code')).toEqual(
      expect.arrayContaining(['authorize', 'callback', 'refresh']),
    );
    expect(keys('client_credentials')).not.toContain('authorize');
    expect(keys('client_credentials')).not.toContain('refresh');
    expect(keys('password')).toContain('refresh');
    expect(keys('password')).not.toContain('callback');
  });

  it('uses the first grant by default, and requires only values of that grant', () => {
    const draft = presetSettings(acme, {
      instance: { tenant: 'blue', account: '7' },
    });
    expect(draft.auth).toMatchObject({ grantType: 'authorization_code' });
    expect(draft.instance).toEqual({ tenant: 'blue' });
  });

  it('leaves a missing value empty', () => {
    expect(presetSettings(acme).instance).toBeUndefined();
  });

  it('rejects a value that does not match or is unknown, and an unsupported grant', () => {
    expect(() =>
      presetSettings(acme, { instance: { tenant: 'evil.com/#' } }),
    ).toThrow(
      "Tenant of preset 'acme' has an invalid format. Enter a value such as blue.",
    );
    expect(() => presetSettings(acme, { instance: { region: 'eu' } })).toThrow(
      "Preset 'acme' has no instance value 'region'.",
    );
    expect(() =>
      presetSettings(
        { ...acme, ways: ['password'] },
        {
          way: 'client_credentials',
        },
      ),
    ).toThrow("Preset 'acme' doesn't support client_credentials");
  });

  it('leaves the secrets of a key to the editor, in the form that the API expects (N1)', async () => {
    const static_ = async (id: string) =>
      presetSettings(await registry.get(id), { way: 'static' });
    expect(await static_('pagerduty')).toEqual({
      baseUrl: 'https://{{instance.api}}',
      testPath: '/services?limit=1',
      instance: { api: 'api.pagerduty.com', apiKey: { secret: true } },
      auth: {
        type: 'static',
        headers: { Authorization: 'Token token={{instance.apiKey}}' },
      },
    });
    expect((await static_('jira')).auth).toEqual({
      type: 'static',
      basic: { username: '' },
    });
    expect((await static_('grafana')).auth).toEqual({
      type: 'static',
      bearer: { set: false },
    });
  });

  it('rejects a static preset that sends nothing, and a default for a secret', () => {
    const wrong = (part: object) => () =>
      parsePreset({ ...acme, ways: ['static'], ...part });
    expect(wrong({ variants: {} })).toThrow(
      'variants.static: Say where the key, password or token is sent',
    );
    expect(
      wrong({
        variants: { static: { auth: { bearer: true } } },
        instance: [
          {
            name: 'tenant',
            label: 'x',
            example: 'a',
            default: 'a',
            secret: true,
          },
        ],
      }),
    ).toThrow("Remove the default of 'tenant'");
  });

  it('never changes the preset', () => {
    const before = JSON.stringify(acme);
    presetSettings(acme, { way: 'client_credentials' });
    expect(JSON.stringify(acme)).toBe(before);
  });
});
