import { noneSchema } from './none';
import { staticSchema } from './static';

const faults = (auth: object) =>
  Object.fromEntries(
    (
      staticSchema.safeParse({ type: 'static', ...auth }).error?.issues ?? []
    ).map(({ path, message }) => [path.join('.'), message]),
  );

describe('N1: credentials that an API issued itself', () => {
  it('are keys in headers and query, Basic or a bearer token, several together', () => {
    const key = { secret: true, value: 'key' };
    expect(faults({ headers: { 'X-Key': key }, query: { k: key } })).toEqual(
      {},
    );
    expect(
      faults({
        basic: { username: 'robot', password: 'pass:word' },
        headers: { 'X-Key': key },
      }),
    ).toEqual({});
    expect(faults({ bearer: 'token', expiresAt: '2027-01-31' })).toEqual({});
  });

  it('use the Authorization header once', () => {
    const basic = { username: 'robot', password: 'x' };
    expect(faults({ basic, bearer: 'token' })).toEqual({
      bearer:
        "Remove this or 'basic': both are sent in the header 'Authorization'.",
    });
    expect(faults({ headers: { authorization: 'x' }, basic })).toEqual({
      basic:
        "Remove this or 'headers.authorization': both are sent in the header 'Authorization'.",
    });
  });

  it.each([
    ['bearer', { bearer: 'a\nb' }, 'in one line'],
    ['bearer', { bearer: 'ключ' }, 'no header can carry'],
    ['basic.username', { basic: { username: 'a:b' } }, 'Remove the colon'],
    [
      'basic.password',
      { basic: { username: 'a', password: 'a\r\nb' } },
      'in one line',
    ],
    ['headers.Host', { headers: { Host: 'x' } }, "Remove 'Host'"],
    ['expiresAt', { expiresAt: 'tomorrow' }, 'ISO date'],
  ])('say what to do about %s %j', (path, auth, text) => {
    expect(faults(auth)).toEqual({ [path]: expect.stringContaining(text) });
  });
});

it('N1: an API without authentication has nothing but its kind', () => {
  expect(noneSchema.safeParse({ type: 'none' }).success).toBe(true);
  expect(noneSchema.safeParse({ type: 'none', bearer: 'x' }).success).toBe(
    false,
  );
});
