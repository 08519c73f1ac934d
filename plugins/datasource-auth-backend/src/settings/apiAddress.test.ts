import { bareSettingsOf } from '../__testUtils__/settings';
import { resolveBaseUrl } from './apiAddress';

describe('the base URL', () => {
  it('threats 2: uses no values kept from a callback in the host', () => {
    const settings = bareSettingsOf({ baseUrl: 'https://{{kept.host}}/api' });
    expect(
      resolveBaseUrl(settings, new Map(), { host: 'evil.example' }),
    ).toBeUndefined();
  });

  it('is undefined if not set', () => {
    expect(
      resolveBaseUrl(bareSettingsOf({ baseUrl: undefined }), new Map(), {}),
    ).toBeUndefined();
  });
});
