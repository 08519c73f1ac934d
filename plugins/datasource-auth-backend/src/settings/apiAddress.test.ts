import { bareSettingsOf } from '../__testUtils__/settings';
import { apiAuthentication, resolveBaseUrl } from './apiAddress';

describe('the header that carries a token', () => {
  it.each([
    [{}, { Authorization: 'Bearer t' }],
    [{ prefix: 'token' }, { Authorization: 'token t' }],
    [{ name: 'X-Api-Key', prefix: '' }, { 'X-Api-Key': 't' }],
  ])('%j', (header, expected) => {
    const settings = bareSettingsOf({}, { header });
    expect(apiAuthentication(settings, 't').headers).toEqual(expected);
  });
});

describe('the base URL', () => {
  it('threats 2: takes no host from values kept from a callback', () => {
    const settings = bareSettingsOf({ baseUrl: 'https://{{kept.host}}/api' });
    expect(
      resolveBaseUrl(settings, new Map(), { host: 'evil.example' }),
    ).toBeUndefined();
  });

  it('is undefined where none is set', () => {
    expect(
      resolveBaseUrl(bareSettingsOf({ baseUrl: undefined }), new Map(), {}),
    ).toBeUndefined();
  });
});
