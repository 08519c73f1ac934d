import { bareSettingsOf } from '../__testUtils__/settings';
import { standardErrorOf } from './providerAliases';
import { readProviderError } from './providerError';
import { ResolvedAuth } from '../settings/ResolvedSettings';

const auth = bareSettingsOf().auth as unknown as ResolvedAuth;

describe('the error in a response', () => {
  it.each<[object, string]>([
    [{ status: 'BAD_REFRESH_TOKEN', message: 'missing' }, 'BAD_REFRESH_TOKEN'],
    [{ status: 'BAD_AUTH_CODE' }, 'BAD_AUTH_CODE'],
    [{ errorType: 'invalid_token' }, 'invalid_token'],
    [{ reason: 'tokenExpired' }, 'tokenExpired'],
    [{ fault: { code: 900901, message: 'Invalid' } }, '900901'],
    [{ error: true }, 'unsuccessful'],
    [{ message: 'The refresh token is invalid' }, 'unsuccessful'],
    [{ status: 400, message: 'Bad' }, 'unsuccessful'],
    [{ status: 'error', message: 'Bad' }, 'unsuccessful'],
    [{ reason: 'It is over, you know', code: 17 }, '17'],
  ])('%j is %s', (body, error) => {
    expect(readProviderError(400, body, auth)?.error).toBe(error);
  });

  it.each([{ status: 'active' }, { message: 'welcome' }, { reason: 'x' }])(
    'is absent in a success: %j',
    body => {
      expect(readProviderError(200, body, auth)).toBeUndefined();
    },
  );

  it.each([
    ['BAD_REFRESH_TOKEN', undefined, undefined],
    ['BAD_AUTH_CODE', undefined, undefined],
    [
      'unsuccessful',
      'The refresh token provided is expired, revoked, malformed, or invalid.',
      'webexapis.com',
    ],
  ])('treats %s as invalid_grant', (error, description, host) => {
    expect(standardErrorOf({ error, description, host })).toBe('invalid_grant');
  });
});
