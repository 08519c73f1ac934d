import { CredentialKey } from '../database/CredentialKey';
import { sealedTokens } from '../__testUtils__/sealing';
import { IssuedTokens } from '../oauth/ProviderClient';
import { SealedTokens, TokenPlace } from './SealedTokens';
import { UnreadableError } from '../sealing/Sealer';

const MINUTE = 60_000;
const DATASOURCE = '7b0f5f5e-1d3c-4a53-8f7e-5a1b1f0f2f11';
const JANE = 'user:default/jane';
const PLACE: TokenPlace = {
  key: new CredentialKey({ datasourceId: DATASOURCE, subject: JANE }),
  credentialId: '3f2a7f0e-0a52-4a0e-9a39-3a6b8a2ad3a1',
  column: 'sealed',
  binding: 'binding-1',
};
const REQUESTED = 1_800_000_000_000;

const tokens = sealedTokens();

function stored(
  answer: Partial<IssuedTokens> = {},
  options: Partial<Parameters<SealedTokens['fromAnswer']>[2]> = {},
) {
  const columns = tokens.fromAnswer(
    {
      accessToken: 'access-2',
      tokenType: 'Bearer',
      requestedAt: REQUESTED,
      kept: {},
      ...answer,
    },
    PLACE,
    {
      usesRefreshToken: true,
      apiOrigins: ['https://api.example.com'],
      renewable: () => true,
      now: REQUESTED + 2_000,
      ...options,
    },
  );
  return { ...columns, payload: tokens.open(columns.sealed, PLACE) };
}

describe('SealedTokens', () => {
  it('S3.24 stores tokens only encrypted', () => {
    const { payload, ...columns } = stored({
      refreshToken: 'refresh-2',
      kept: { instance_url: 'https://eu.example.com' },
    });
    expect(payload).toEqual({
      accessToken: 'access-2',
      refreshToken: 'refresh-2',
      tokenType: 'Bearer',
      kept: { instance_url: 'https://eu.example.com' },
      apiOrigins: ['https://api.example.com'],
    });
    expect(JSON.stringify(columns)).not.toMatch(
      /access-2|refresh-2|eu\.example/,
    );
  });

  it.each([
    ['grant', { credentialId: 'c1f0a3d2-54e0-4d7e-a10c-0d4d3f4a9f11' }],
    ['column', { column: 'sealed_spare' as const }],
    ['binding', { binding: 'binding-2' }],
    [
      'person',
      {
        key: new CredentialKey({
          datasourceId: DATASOURCE,
          subject: 'user:default/joe',
        }),
      },
    ],
    ['subject', { key: CredentialKey.service(DATASOURCE) }],
    [
      'datasource',
      {
        key: new CredentialKey({
          datasourceId: 'c1f0a3d2-54e0-4d7e-a10c-0d4d3f4a9f11',
          subject: JANE,
        }),
      },
    ],
  ])("threats 16: doesn't decrypt them for another %s", (_, change) => {
    const { sealed } = stored();
    expect(() => tokens.open(sealed, { ...PLACE, ...change })).toThrow(
      UnreadableError,
    );
  });

  describe('a refresh', () => {
    const previous = {
      accessToken: 'access-1',
      refreshToken: 'refresh-1',
      tokenType: 'Bearer',
      kept: {},
      scope: 'read',
      account: 'jane@example.com',
    };

    it('[checklist 35] keeps the refresh token when the response has none (RFC 6749 section 6)', () => {
      const columns = stored({}, { previous });
      expect(columns.payload.refreshToken).toBe('refresh-1');
      expect(columns.hasRefreshToken).toBe(true);
    });

    it('[checklist 35] replaces the refresh token when the response has one', () => {
      expect(
        stored({ refreshToken: 'refresh-2' }, { previous }).payload
          .refreshToken,
      ).toBe('refresh-2');
    });

    it('keeps scope and account when the response omits them (RFC 6749 section 6)', () => {
      expect(stored({}, { previous })).toMatchObject({
        scope: 'read',
        account: 'jane@example.com',
      });
    });

    it('[checklist 32] stores the scope that was granted now', () => {
      expect(stored({ scope: 'read write' }, { previous }).scope).toBe(
        'read write',
      );
    });
  });

  it('S3.23 reports that there is no refresh token', () => {
    expect(stored().hasRefreshToken).toBe(false);
  });

  describe('times', () => {
    it('[checklist 31] counts expiry from before the request, even if the clock was set since', () => {
      expect(
        stored(
          {
            expiresAt: REQUESTED + 10 * MINUTE,
            refreshExpiresAt: REQUESTED + 60 * MINUTE,
          },
          { now: REQUESTED + 7_000 },
        ),
      ).toMatchObject({
        age: 7_000,
        lifetime: 10 * MINUTE,
        refreshLifetime: 60 * MINUTE,
      });
    });

    it('[checklist 31] leaves an unknown expiry unknown, and nothing is due', () => {
      expect(stored()).toMatchObject({
        lifetime: undefined,
        refreshLifetime: undefined,
        refreshDueAfter: undefined,
      });
    });

    it('[checklist 31] treats an expiry of 0 or in the past as expired, and as due only when the limiter allows it', () => {
      expect(stored({ expiresAt: REQUESTED })).toMatchObject({
        lifetime: 0,
        refreshDueAfter: 10_000,
      });
      expect(stored({ expiresAt: REQUESTED - 5_000 }).lifetime).toBe(0);
      expect(stored({ refreshExpiresAt: REQUESTED - 1 }).refreshLifetime).toBe(
        0,
      );
    });

    it("doesn't count backwards when the clock was set back meanwhile", () => {
      expect(stored({}, { now: REQUESTED - 60_000 }).age).toBe(0);
    });

    it("S0.16 makes nothing due that can't be refreshed", () => {
      const renewable = jest.fn((hasRefreshToken: boolean) => hasRefreshToken);
      const expiresAt = REQUESTED + 60 * MINUTE;
      expect(stored({ expiresAt }, { renewable }).refreshDueAfter).toBe(
        undefined,
      );
      expect(
        stored({ expiresAt, refreshToken: 'refresh-2' }, { renewable })
          .refreshDueAfter,
      ).toBeGreaterThan(0);
      expect(renewable.mock.calls).toEqual([[false], [true]]);
    });

    it('makes a refresh due by the smaller of the setting and 20 % of the lifetime, spread over a tenth of that', () => {
      const due = (minutes: number) =>
        Array.from(
          { length: 200 },
          () =>
            stored({ expiresAt: REQUESTED + minutes * MINUTE })
              .refreshDueAfter! / MINUTE,
        );
      const hour = due(60);
      expect(Math.min(...hour)).toBeGreaterThanOrEqual(55);
      expect(Math.max(...hour)).toBeLessThanOrEqual(55.5);
      expect(Math.max(...hour) - Math.min(...hour)).toBeGreaterThan(0.2);
      const short = due(5);
      expect(Math.min(...short)).toBeGreaterThanOrEqual(4);
      expect(Math.max(...short)).toBeLessThanOrEqual(4.1);
    });

    it('makes a refresh due before a refresh token becomes invalid when unused', () => {
      const due = (lifetime: number | undefined, idleEvery: number) =>
        stored(
          {
            refreshToken: 'refresh-2',
            expiresAt: lifetime && REQUESTED + lifetime,
          },
          { idleEvery },
        ).refreshDueAfter! / MINUTE;
      expect(due(undefined, 100 * MINUTE)).toBeGreaterThanOrEqual(90);
      expect(due(undefined, 100 * MINUTE)).toBeLessThanOrEqual(100);
      expect(due(600 * MINUTE, 100 * MINUTE)).toBeLessThanOrEqual(100);
      expect(due(60 * MINUTE, 100 * MINUTE)).toBeLessThanOrEqual(55.5);
      expect(
        stored({}, { idleEvery: 100 * MINUTE }).refreshDueAfter,
      ).toBeUndefined();
    });

    it('keeps the known expiry of a refresh token that the response omits or repeats', () => {
      const known = { refreshToken: 'refresh-1', refreshLifetime: 7 * MINUTE };
      for (const refreshToken of [undefined, 'refresh-1']) {
        expect(
          stored({ refreshToken }, { previous: known }).refreshLifetime,
        ).toBe(7 * MINUTE);
      }
      expect(
        stored({ refreshToken: 'refresh-2' }, { previous: known })
          .refreshLifetime,
      ).toBeUndefined();
    });

    it('considers the expiry of a refresh token only if the refresh uses it', () => {
      const answer = {
        refreshToken: 'refresh-2',
        expiresAt: REQUESTED + 60 * MINUTE,
        refreshExpiresAt: REQUESTED + 10 * MINUTE,
      };
      const minutes = (usesRefreshToken: boolean) =>
        stored(answer, { usesRefreshToken }).refreshDueAfter! / MINUTE;
      expect(minutes(true)).toBeLessThan(9);
      expect(minutes(false)).toBeGreaterThan(50);
    });
  });
});
