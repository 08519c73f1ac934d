import { faults } from './__testUtils__/settingsFaults';
import { mayReportExpiry, reportsExpiry } from './expiredResponse';

const body = (value: unknown) =>
  new TextEncoder().encode(
    typeof value === 'string' ? value : JSON.stringify(value),
  );

describe('N5 an expired token that is reported with status 200', () => {
  const expired = { path: 'error.code', equals: ['token_expired', 4001] };

  it.each<[unknown, boolean]>([
    [{ error: { code: 'token_expired' } }, true],
    [{ error: { code: 4001 } }, true],
    [{ error: { code: '4001' } }, true],
    [{ 'error.code': 4001 }, true],
    [{ error: { code: 'other' } }, false],
    [{ error: { code: ['token_expired'] } }, false],
    [{ error: null }, false],
    [{}, false],
    ['{"error": {"code": "token_exp', false],
    ['[]', false],
    ['', false],
  ])('is read in %j: %s', (value, expected) => {
    expect(reportsExpiry(body(value), expired)).toBe(expected);
  });

  const judged = (
    status: number,
    change: Record<string, string | undefined>,
  ) => {
    const headers: Record<string, string | undefined> = {
      'content-type': 'application/json; charset=utf-8',
      'content-length': '42',
      ...change,
    };
    return mayReportExpiry(status, name => headers[name]);
  };

  it.each<[number, Record<string, string | undefined>]>([
    [200, {}],
    [201, { 'content-length': '65536' }],
    [200, { 'content-type': 'application/problem+json' }],
    [200, { 'content-encoding': 'identity' }],
  ])('is looked for in a response %s %j', (status, change) => {
    expect(judged(status, change)).toBe(true);
  });

  it.each<[number, Record<string, string | undefined>]>([
    [200, { 'content-type': 'text/event-stream' }],
    [200, { 'content-type': 'application/x-ndjson' }],
    [200, { 'content-type': 'application/json-seq' }],
    [200, { 'content-type': undefined }],
    [200, { 'content-length': '65537' }],
    [200, { 'content-length': undefined }],
    [200, { 'content-length': '0' }],
    [200, { 'content-encoding': 'gzip' }],
    [302, {}],
    [500, {}],
  ])('is not looked for in a response %s %j', (status, change) => {
    expect(judged(status, change)).toBe(false);
  });

  it.each([
    [{ path: '', equals: ['a'] }, 'api.expired.path'],
    [{ path: 'access_token', equals: ['a'] }, 'api.expired.path'],
    [{ path: 'a.__proto__', equals: ['a'] }, 'api.expired.path'],
    [{ path: 'a', equals: [] }, 'api.expired.equals'],
    [{ path: 'a' }, 'api.expired.equals'],
  ])('is refused as %j', (setting, path) => {
    expect(Object.keys(faults({ api: { expired: setting } }))).toEqual([path]);
  });
});
