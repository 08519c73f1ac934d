import { readExpiry, readRefreshExpiry } from './expiry';
import { providerContext } from './__testUtils__/providerContext';

const AT = 1_750_000_000_000;

const authOf = (response: Record<string, unknown> = {}, rest = {}) =>
  providerContext({ grantType: 'client_credentials', response, ...rest }).auth;

const jwt = (claims: unknown) =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;

const expiry = (
  body: unknown,
  auth = authOf(),
  accessToken = 'opaque',
  clockSkew?: number,
) => readExpiry(body, auth, { requestedAt: AT, accessToken, clockSkew });

describe('readExpiry', () => {
  it.each<[string, unknown, Record<string, unknown>, number]>([
    ['seconds', 3600, {}, 3_600_000],
    ['seconds in a string', '3600', {}, 3_600_000],
    ['a fraction', 0.5, {}, 500],
    ['milliseconds', 3_600_000, { expiresInUnit: 'milliseconds' }, 3_600_000],
    ['minutes', '60', { expiresInUnit: 'minutes' }, 3_600_000],
    ['zero, which has expired at once', 0, {}, 0],
  ])(
    '[checklist 31] reads %s, counted from before the request',
    (_, value, response, after) => {
      expect(expiry({ expires_in: value }, authOf(response))).toBe(AT + after);
    },
  );

  it.each([
    null,
    undefined,
    '',
    'never',
    'NaN',
    -1,
    NaN,
    Infinity,
    true,
    {},
    [],
    '1e3',
    1e15,
  ])('[checklist 31] treats %p as absent', value => {
    expect(expiry({ expires_in: value })).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['epoch seconds', AT / 1000],
    ['epoch seconds in a string', String(AT / 1000)],
    ['epoch milliseconds', AT],
    ['RFC 3339', '2025-06-15T15:06:40Z'],
    ['RFC 3339 with an offset', '2025-06-15T17:06:40.000+02:00'],
    ['a date and time without a zone, read as UTC', '2025-06-15 15:06:40'],
  ])('[checklist 31] reads an absolute time: %s', (_, value) => {
    const auth = authOf({ expiresAt: 'token.expires_at' });
    expect(expiry({ token: { expires_at: value }, expires_in: 5 }, auth)).toBe(
      AT,
    );
  });

  it.each(['soon', '', null, 'Invalid', '1', {}])(
    'falls back to the lifetime if the absolute time is %p',
    value => {
      const auth = authOf({ expiresAt: 'expires_at' });
      const found = expiry({ expires_at: value, expires_in: 5 }, auth);
      expect(found).toBe(value === '1' ? 1_000 : AT + 5_000);
    },
  );

  it("reads absolute times by the provider's clock", () => {
    const auth = authOf({ expiresAt: 'expires_at' });
    expect(expiry({ expires_at: AT / 1000 }, auth, 'x', 30_000)).toBe(
      AT - 30_000,
    );
  });

  it("reads the token's exp claim if it is a JWT and the response has no expiry", () => {
    const exp = AT / 1000 + 60;
    expect(expiry({}, authOf(), jwt({ exp }))).toBe(AT + 60_000);
    expect(expiry({ expires_in: 5 }, authOf(), jwt({ exp }))).toBe(AT + 5_000);
  });

  it.each([
    'a.b.c',
    jwt({}),
    jwt({ exp: 'x' }),
    jwt({ exp: -1 }),
    jwt(null),
    'a.b',
  ])('reads no expiry from the token %s', token => {
    expect(expiry({}, authOf(), token)).toBeUndefined();
  });

  it('[checklist 31] uses the configured lifetime as a last resort', () => {
    const auth = authOf({}, { defaultLifetimeSeconds: 900 });
    expect(expiry({}, auth)).toBe(AT + 900_000);
    expect(expiry({ expires_in: 'garbage' }, auth)).toBe(AT + 900_000);
    expect(expiry({ expires_in: 5 }, auth)).toBe(AT + 5_000);
  });

  it('S3.18 reads the lifetime from another property, even a nested one', () => {
    const auth = authOf({ expiresIn: 'data.expire' });
    expect(expiry({ data: { expire: 10 } }, auth)).toBe(AT + 10_000);
  });
});

describe('readRefreshExpiry', () => {
  it.each([
    'refresh_token_expires_in',
    'refresh_expires_in',
    'x_refresh_token_expires_in',
  ])('reads %s by default', name => {
    expect(readRefreshExpiry({ [name]: '60' }, authOf(), AT)).toBe(AT + 60_000);
  });

  it('reads only the configured property', () => {
    const auth = authOf({ refreshExpiresIn: 'rt.life' });
    expect(
      readRefreshExpiry({ rt: { life: 60 }, refresh_expires_in: 1 }, auth, AT),
    ).toBe(AT + 60_000);
    expect(
      readRefreshExpiry({ refresh_expires_in: 1 }, auth, AT),
    ).toBeUndefined();
  });

  it('treats zero as no expiry', () => {
    expect(
      readRefreshExpiry({ refresh_expires_in: 0 }, authOf(), AT),
    ).toBeUndefined();
  });
});
