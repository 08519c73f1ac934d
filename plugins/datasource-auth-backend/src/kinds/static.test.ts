import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { splitSecrets } from '../settings/secrets';
import { apiAuthentication } from './apiAuthentication';
import { rejectedStatuses } from './index';

/** Returns what a call carries under these settings, as they are written. */
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

describe('N1: what a call carries', () => {
  it('is keys in headers and query, filled in', () => {
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

  it('is Basic, whose encoded pair is secret, too (RFC 7617)', () => {
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

  it('is a bearer token beside other headers (RFC 6750)', () => {
    expect(
      callOf({ type: 'static', bearer: 'b-1', headers: { 'X-App': 'one' } }),
    ).toEqual({
      headers: { Authorization: 'Bearer b-1', 'X-App': 'one' },
      query: {},
      secrets: ['b-1'],
    });
  });

  it('is what every call has besides', () => {
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

  it('is nothing for a public API, which can reject nothing', () => {
    expect(callOf({ type: 'none' })).toEqual({
      headers: {},
      query: {},
      secrets: [],
    });
    expect(rejectedStatuses({ type: 'none' })).toEqual([]);
  });
});
