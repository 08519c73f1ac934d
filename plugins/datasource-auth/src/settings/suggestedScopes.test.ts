import { parsePreset } from 'backstage-plugin-datasource-auth-common';
import { suggestedScopes } from './suggestedScopes';

const presetOf = (
  id: string,
  settings: object,
  scopes: string[],
  ways = ['authorization_code'],
) =>
  parsePreset({
    id,
    title: id,
    category: 'Test',
    benefit: 'Things',
    ways,
    caveat: 'None.',
    source: 'https://example.com/docs',
    lastVerified: '2026-11-30',
    instance: JSON.stringify(settings).includes('instance.tenant')
      ? [{ name: 'tenant', label: 'Tenant', example: 'acme' }]
      : [],
    settings,
    registration: {
      scopes: scopes.map(scope => ({ scope, description: `About ${scope}` })),
    },
  });

const LOGIN = 'https://login.example.com';
const auth = {
  authorize: { url: `${LOGIN}/{{instance.tenant}}/authorize` },
  token: { url: `${LOGIN}/{{instance.tenant}}/token` },
};
const PRESETS = [
  presetOf('mail', { baseUrl: 'https://mail.example.com', auth }, [
    ...['mail', 'offline_access'],
  ]),
  presetOf('files', { baseUrl: 'https://files.example.com', auth }, ['files']),
  presetOf(
    'other',
    { auth: { token: { url: 'https://other.example.com/token' } } },
    ['other', 'offline_access'],
    ['client_credentials'],
  ),
];

const scopesFor = (
  form: Partial<Parameters<typeof suggestedScopes>[1]>,
  presets = PRESETS,
) =>
  suggestedScopes(presets, {
    grantType: 'authorization_code',
    baseUrl: '',
    urls: [],
    instance: {},
    ...form,
  }).map(({ scope }) => scope);

describe('suggestedScopes', () => {
  it('come from presets for the same login server', () => {
    expect(scopesFor({})).toEqual([]);
    expect(scopesFor({ urls: [`${LOGIN}/acme/token`] })).toEqual([
      ...['mail', 'offline_access', 'files'],
    ]);
  });

  it('are those for the API of the form, if there are such', () => {
    const urls = [`${LOGIN}/{{instance.tenant}}/token`];
    const baseUrl = 'https://files.example.com';
    expect(scopesFor({ urls, baseUrl })).toEqual(['files']);
  });

  it('are found by templates, filled in or not', () => {
    const tenant = presetOf(
      'tenant',
      { auth: { token: { url: 'https://{{instance.tenant}}.example.com/t' } } },
      ['of-tenant'],
    );
    const urls = ['https://{{instance.tenant}}.example.com/t'];
    expect(scopesFor({ urls }, [tenant])).toEqual(['of-tenant']);
    const instance = { tenant: 'acme' };
    expect(
      scopesFor({ urls: ['https://acme.example.com/x'], instance }, [tenant]),
    ).toEqual(['of-tenant']);
    expect(
      scopesFor({ urls: ['https://evil.example.com/x'], instance }, [tenant]),
    ).toEqual([]);
  });

  it('contain offline_access only for grants that a person approves', () => {
    const urls = ['https://other.example.com/token'];
    expect(scopesFor({ urls, grantType: 'client_credentials' })).toEqual([
      'other',
    ]);
    expect(scopesFor({ urls })).toEqual([]);
  });
});
