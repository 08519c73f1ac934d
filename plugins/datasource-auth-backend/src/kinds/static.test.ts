import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { splitSecrets } from '../settings/secrets';
import { apiAuthentication } from './apiAuthentication';
import { rejectedStatuses } from './index';

/** Returns the authentication of a call under these settings. */
const callOf = (auth: object, more: object = {}) => {
  const { settings, changes } = splitSecrets(
    datasourceSettingsSchema.parse({
      name: 'tickets',
      baseUrl: 'https://api.example.com',
      ...more,
      auth,
    }),
  );
  const secrets = new Map(
    [...changes].flatMap(([path, value]) =>
      value === null ? [] : [[path, value] as const],
    ),
  );
  return apiAuthentication(
    { settings, secrets },
    { accessToken: '', kept: {} },
  );
};
const secret = (value: string) => ({ secret: true, value });

describe('N1: the authentication of a call', () => {
  it('consists of keys in headers and query, with their templates filled in', () => {
    expect(
      callOf(
        {
          type: 'static',
          headers: { 'X-Key': secret('k-1'), 'X-App': '{{instance.app}}' },
          query: { token: secret('t {{instance.app}}') },
        },
        { instance: { app: 'one' } },
      ),
    ).toEqual({
      headers: { 'X-Key': 'k-1', 'X-App': 'one' },
      query: { token: 't one' },
      secrets: ['k-1', 't one'],
    });
  });

  it('can be Basic, and the encoded pair is secret, too (RFC 7617)', () => {
    expect(
      callOf({
        type: 'static',
        basic: { username: 'Aladdin', password: 'open sesame' },
      }),
    ).toEqual({
      headers: { Authorization: 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==' },
      query: {},
      secrets: ['open sesame', 'QWxhZGRpbjpvcGVuIHNlc2FtZQ=='],
    });
  });

  it('can be a bearer token beside other headers (RFC 6750)', () => {
    expect(
      callOf({ type: 'static', bearer: 'b-1', headers: { 'X-App': 'one' } }),
    ).toEqual({
      headers: { Authorization: 'Bearer b-1', 'X-App': 'one' },
      query: {},
      secrets: ['b-1'],
    });
  });

  it('includes the headers of every call', () => {
    expect(
      callOf(
        { type: 'static', bearer: 'b-1' },
        { api: { headers: { 'X-Key': secret('k-1') } } },
      ),
    ).toEqual({
      headers: { Authorization: 'Bearer b-1', 'X-Key': 'k-1' },
      query: {},
      secrets: ['b-1', 'k-1'],
    });
  });

  it('is empty for a public API, which has no rejected statuses', () => {
    expect(callOf({ type: 'none' })).toEqual({
      headers: {},
      query: {},
      secrets: [],
    });
    expect(rejectedStatuses({ type: 'none' })).toEqual([]);
  });
});
