import { LastError } from 'backstage-plugin-datasource-auth-common';
import { bareSettingsOf } from '../__testUtils__/settings';
import { requestedOf } from './binding';
import { BareSettings } from './secrets';
import {
  attentionRank,
  CredentialFacts,
  isRenewable,
  missingParameters,
  stateOf,
  StatusFacts,
  statusOf,
} from './status';

const NOW = Date.parse('2026-03-12T12:00:00Z');
const HOUR = 3_600_000;
const SECRETS = ['auth.clientSecret'];

const live = (change: Partial<CredentialFacts> = {}): CredentialFacts => ({
  state: 'live',
  hasToken: true,
  binding: 'b1',
  originsCovered: true,
  hasRefreshToken: true,
  obtainedAt: NOW - HOUR,
  expiresAt: NOW + HOUR,
  ...change,
});

const failed = (change: Partial<LastError> = {}): LastError => ({
  code: 'http_503',
  title: 'Token endpoint returned 503',
  at: NOW - 1_000,
  attempts: 1,
  ...change,
});

function statusFor(
  credential: CredentialFacts | undefined,
  change: Partial<StatusFacts> = {},
) {
  const settings = change.settings ?? bareSettingsOf();
  return statusOf({
    settings,
    secrets: new Set(SECRETS),
    now: NOW,
    binding: 'b1',
    credential: credential && {
      requested: requestedOf(settings),
      ...credential,
    },
    ...change,
  });
}

/** State, code and reason. */
function line(...facts: Parameters<typeof statusFor>) {
  const { state, reasonCode, reason } = statusFor(...facts);
  return [state, reasonCode, reason];
}

it('N6: tokens that are bound to a certificate need it', () => {
  const bound = (senderConstraint: 'mtls' | 'dpop') =>
    missingParameters(bareSettingsOf({ senderConstraint }), new Set(SECRETS));
  expect(bound('mtls')).toEqual([
    'clientCertificate.certificate',
    'clientCertificate.key',
  ]);
  expect(bound('dpop')).toEqual([]);
});

describe('the status line', () => {
  it('S0.25 is NOT CONFIGURED, with what is missing', () => {
    const settings = bareSettingsOf({}, { token: {}, clientSecret: undefined });
    expect(line(undefined, { settings, secrets: new Set() })).toEqual([
      'NOT_CONFIGURED',
      'missing_settings',
      'Missing: Client secret, Token URL',
    ]);
    expect(
      statusFor(undefined, { settings, secrets: new Set() }).missing,
    ).toEqual(['auth.clientSecret', 'auth.token.url']);
  });

  it('N10 is PER_USER where each person connects, whatever an earlier shared credential was', () => {
    const settings = bareSettingsOf({ subjects: 'user', consumers: [] });
    const refused = live({ state: 'refused', reason: 'invalid_grant' });
    for (const credential of [undefined, live({}), refused]) {
      expect(line(credential, { settings })).toEqual([
        'PER_USER',
        'per_user',
        'Each person connects their own account.',
      ]);
    }
    expect(attentionRank('PER_USER')).toBe(0);
    expect(stateOf(0, true)).toBe('PER_USER');
    expect(stateOf(3, true)).toBe('ERROR');
    const both = bareSettingsOf({ subjects: 'both', consumers: [] });
    expect(line(undefined, { settings: both })[0]).toBe('NOT_AUTHORIZED');
    expect(line(undefined, { settings, secrets: new Set() })[0]).toBe(
      'NOT_CONFIGURED',
    );
  });

  it('S0.24 is NOT AUTHORIZED while nothing is stored', () => {
    expect(line(undefined)).toEqual([
      'NOT_AUTHORIZED',
      'none',
      'No credential yet.',
    ]);
    expect(line(live({ hasToken: false, generation: 0 } as object))).toEqual([
      'NOT_AUTHORIZED',
      'none',
      'No credential yet.',
    ]);
  });

  it('S0.18, S0.20 is NOT AUTHORIZED once cleared, and says by whom and when', () => {
    const cleared = live({
      state: 'cleared',
      reason: 'cleared',
      hasToken: false,
      stateChangedAt: NOW - HOUR,
      stateChangedBy: 'user:default/jane',
    });
    expect(line(cleared)).toEqual([
      'NOT_AUTHORIZED',
      'cleared',
      'Cleared by jane on 12 March.',
    ]);
    expect(
      line({ ...cleared, stateChangedAt: Date.parse('2025-12-31T23:59:00Z') }),
    ).toContain('Cleared by jane on 31 December 2025.');
    expect(line({ ...cleared, stateChangedBy: undefined })).toContain(
      'Cleared on 12 March.',
    );
    expect(
      line({
        ...cleared,
        stateChangedBy: undefined,
        stateChangedAt: undefined,
      }),
    ).toContain('Cleared.');
  });

  it('S0.23 is AUTHORIZED, with its expiry and whether it refreshes', () => {
    expect(line(live())).toEqual([
      'AUTHORIZED',
      'valid',
      'Valid until 13:00 UTC, refreshes automatically',
    ]);
    expect(line(live({ hasRefreshToken: false }))).toEqual([
      'AUTHORIZED',
      'valid',
      'Valid until 13:00 UTC, then a person is needed',
    ]);
    expect(line(live({ expiresAt: NOW + 24 * HOUR }))).toContain(
      'Valid until 13 March 12:00 UTC, refreshes automatically',
    );
  });

  it('is NOT AUTHORIZED after the provider rejects the refresh token twice with an unknown error', () => {
    expect(line(live({ reason: 'doubtful' }))).toEqual([
      'NOT_AUTHORIZED',
      'doubtful',
      'The provider may no longer accept the stored credential. Get a new one.',
    ]);
  });

  it('S1.11 is AUTHORIZED if no expiry is stated', () => {
    expect(line(live({ expiresAt: undefined }))).toEqual([
      'AUTHORIZED',
      'no_expiry',
      'No stated expiry',
    ]);
  });

  it('S0.16 is AUTHORIZED when expired but refreshable (our reading 3)', () => {
    expect(line(live({ expiresAt: NOW - HOUR }))).toEqual([
      'AUTHORIZED',
      'renews_on_use',
      'Refreshes on next use.',
    ]);
  });

  it.each(['client_credentials', 'password'])(
    'S1.12, S2.8 is AUTHORIZED when expired under the grant %s, which needs no refresh token',
    grantType => {
      expect(
        line(live({ expiresAt: NOW - HOUR, hasRefreshToken: false }), {
          settings: bareSettingsOf({}, { grantType, username: 'robot' }),
          secrets: new Set([...SECRETS, 'auth.password']),
        }),
      ).toContain('Refreshes on next use.');
    },
  );

  it('S0.17 is NOT AUTHORIZED when expired without a way to refresh', () => {
    expect(
      line(live({ expiresAt: NOW - HOUR, hasRefreshToken: false })),
    ).toEqual([
      'NOT_AUTHORIZED',
      'expired',
      'Expired at ' +
        `${new Date(NOW - HOUR)
          .toISOString()
          .slice(11, 16)} UTC. The provider issued no refresh token.`,
    ]);
    expect(
      line(live({ expiresAt: NOW - 24 * HOUR, hasRefreshToken: false }))[2],
    ).toMatch(
      /^Expired on \d+ March\. The provider issued no refresh token\.$/,
    );
  });

  it('treats a token as expired from the millisecond of its expiry', () => {
    expect(line(live({ expiresAt: NOW }))[1]).toBe('renews_on_use');
    expect(line(live({ expiresAt: NOW + 1 }))[1]).toBe('valid');
    expect(line(live({ expiresAt: 0, hasRefreshToken: false }))[1]).toBe(
      'expired',
    );
  });

  it('S0.17 is NOT AUTHORIZED when the provider rejected the credential', () => {
    expect(line(live({ state: 'refused', reason: 'invalid_grant' }))).toEqual([
      'NOT_AUTHORIZED',
      'refused',
      'The provider no longer accepts the stored credential. Get a new one.',
    ]);
  });

  it('[checklist 37] is NOT AUTHORIZED when the credential is rejected after a refresh without a response', () => {
    const refused = live({ state: 'refused', reason: 'no_response' });
    expect(line(refused)[2]).toMatch(/^A refresh got no response/);
    expect(statusFor(refused).noResponse).toBe(true);
  });

  it.each([
    ['the binding differs', live({ binding: 'b0' })],
    ['tokens would go elsewhere', live({ originsCovered: false })],
    [
      'it was retired on Save',
      live({ state: 'cleared', reason: 'settings_changed', hasToken: false }),
    ],
  ])('threats 1: is NOT AUTHORIZED if %s', (_, credential) => {
    expect(line(credential)).toEqual([
      'NOT_AUTHORIZED',
      'settings_changed',
      'The settings have changed. Get a new credential.',
    ]);
  });

  it('S1.8 is AUTHORIZED while a token is requested for changed settings', () => {
    const emptied = live({ hasToken: false, isBeingRequested: true });
    expect(line(emptied)).toEqual([
      'AUTHORIZED',
      'renews_on_use',
      'The settings have changed. The next use requests a new token.',
    ]);
    expect(line({ ...emptied, lastError: failed() })[0]).toBe('NOT_AUTHORIZED');
  });

  it('S0.26 is ERROR, with what happened, how often, and which token is still used', () => {
    expect(
      line(
        live({
          expiresAt: Date.parse('2026-03-12T14:05:00Z'),
          lastError: failed({ attempts: 3 }),
        }),
      ),
    ).toEqual([
      'ERROR',
      'renewal_failing',
      'Token endpoint returned 503 (3 attempts). The last token is used until 14:05 UTC.',
    ]);
    expect(line(live({ expiresAt: NOW - 1, lastError: failed() }))).toEqual([
      'ERROR',
      'renewal_failing',
      'Token endpoint returned 503.',
    ]);
  });

  it('rule 5: hides failed refreshes while the token lives, until the third in a row', () => {
    for (const attempts of [1, 2]) {
      expect(line(live({ lastError: failed({ attempts }) }))[0]).toBe(
        'AUTHORIZED',
      );
    }
    expect(line(live({ lastError: failed({ attempts: 3 }) }))[0]).toBe('ERROR');
  });

  it('S0.26 is ERROR if the API rejects every fresh token', () => {
    expect(
      line(
        live({
          lastError: failed({
            code: 'rejected_by_api',
            title: 'The API rejects fresh tokens',
          }),
        }),
      ),
    ).toEqual(['ERROR', 'rejected_by_api', 'The API rejects fresh tokens.']);
  });

  it('S0.24 is NOT AUTHORIZED if the first background request failed, and says why', () => {
    expect(line(live({ hasToken: false, lastError: failed() }))).toEqual([
      'NOT_AUTHORIZED',
      'none',
      'No credential yet. Token endpoint returned 503.',
    ]);
  });

  it("threats 17: is ERROR if an encrypted value can't be read, with the reason", () => {
    expect(
      statusFor(live(), { unreadable: { missingKey: 'k1' } }),
    ).toMatchObject({
      state: 'ERROR',
      reasonCode: 'unreadable',
      reason: expect.stringMatching(/^Encryption key 'k1' is missing\./),
      missingKey: 'k1',
    });
    expect(line(live(), { unreadable: {} })).toEqual([
      'ERROR',
      'unreadable',
      "A stored value was changed or moved and can't be decrypted. Get a new credential.",
    ]);
  });

  it('is ERROR in a copied database, unless nothing is stored', () => {
    expect(line(live(), { quarantined: true }).slice(0, 2)).toEqual([
      'ERROR',
      'quarantined',
    ]);
    expect(line(undefined, { quarantined: true })[1]).toBe('none');
  });
});

describe('the order of the status rules', () => {
  /** Facts that match a rule and all rules after it. */
  const everything = {
    credential: live({
      state: 'refused',
      reason: 'invalid_grant',
      binding: 'b0',
      hasRefreshToken: false,
      expiresAt: NOW - 1,
      lastError: failed({ attempts: 5 }),
    }),
    facts: {
      settings: bareSettingsOf({}, { token: {} }),
      unreadable: 'cannot be read',
    } as Partial<StatusFacts>,
  };

  it('lets the first match decide', () => {
    const { credential } = everything;
    const facts = { ...everything.facts };
    const next = () => line(credential, facts)[1];
    expect(next()).toBe('missing_settings');
    facts.settings = bareSettingsOf();
    expect(next()).toBe('unreadable');
    facts.unreadable = undefined;
    expect(next()).toBe('refused');
    credential.state = 'live';
    expect(next()).toBe('settings_changed');
    credential.binding = 'b1';
    expect(next()).toBe('renewal_failing');
    credential.lastError = undefined;
    expect(next()).toBe('expired');
    credential.hasRefreshToken = true;
    expect(next()).toBe('renews_on_use');
    credential.expiresAt = NOW + 1;
    expect(next()).toBe('valid');
  });

  it('shows a cleared credential as cleared despite earlier failures', () => {
    expect(
      line(
        live({
          state: 'cleared',
          reason: 'cleared',
          hasToken: false,
          binding: 'b0',
          lastError: failed({ attempts: 9 }),
        }),
      )[1],
    ).toBe('cleared');
  });
});

describe('the evidence for the status', () => {
  it('S0.27 says what was stored, verified and used, and when', () => {
    expect(
      statusFor(
        live({
          account: 'jane@example.com',
          scope: 'read',
          refreshExpiresAt: NOW + 9 * HOUR,
          verifiedAt: NOW - 2,
          lastUsedAt: NOW - 1,
          lastError: failed(),
        }),
      ),
    ).toMatchObject({
      account: 'jane@example.com',
      scope: 'read',
      obtainedAt: NOW - HOUR,
      expiresAt: NOW + HOUR,
      refreshExpiresAt: NOW + 9 * HOUR,
      hasRefreshToken: true,
      renewable: true,
      verifiedAt: NOW - 2,
      lastUsedAt: NOW - 1,
      lastError: failed(),
    });
  });

  it('does not show times and scope of a credential that is gone', () => {
    const status = statusFor(
      live({ state: 'cleared', hasToken: false, scope: 'read' }),
    );
    expect(status.scope).toBeUndefined();
    expect(status.expiresAt).toBeUndefined();
    expect(status.obtainedAt).toBeUndefined();
  });

  it('S3.23 says whether there is a refresh token, even without a credential', () => {
    expect(statusFor(undefined)).toMatchObject({
      hasRefreshToken: false,
      renewable: false,
    });
  });

  it('shows nothing else of the credential row', () => {
    const status = statusFor({
      ...live(),
      ...{ sealed: 'v1.k1.abc', leaseOwner: 'x', sealedSpare: 'v1.k1.def' },
    });
    expect(JSON.stringify(status)).not.toMatch(/v1\.k1|leaseOwner/);
  });
});

describe('the required parameters', () => {
  const missing = (
    auth: Record<string, unknown>,
    secrets: string[] = [],
    change: Record<string, unknown> = {},
  ) =>
    missingParameters(
      bareSettingsOf(change, {
        clientId: undefined,
        authorize: {},
        token: {},
        ...auth,
      }),
      new Set(secrets),
    );

  it.each<[string, Record<string, unknown>, string[]]>([
    [
      'S0.5–S0.8 authorization code',
      { grantType: 'authorization_code' },
      [
        'auth.clientId',
        'auth.clientSecret',
        'auth.authorize.url',
        'auth.token.url',
      ],
    ],
    [
      'S1.5–S1.7 client credentials',
      { grantType: 'client_credentials' },
      ['auth.clientId', 'auth.clientSecret', 'auth.token.url'],
    ],
    [
      'S2.5 password',
      { grantType: 'password' },
      [
        'auth.clientId',
        'auth.clientSecret',
        'auth.token.url',
        'auth.username',
        'auth.password',
      ],
    ],
    [
      'a signed assertion',
      {
        grantType: 'client_credentials',
        clientAuthentication: 'private_key_jwt',
      },
      ['auth.clientId', 'auth.clientAssertion.key', 'auth.token.url'],
    ],
    [
      'a public client',
      { grantType: 'authorization_code', clientAuthentication: 'none' },
      ['auth.clientId', 'auth.authorize.url', 'auth.token.url'],
    ],
  ])('S0.25 are listed for %s', (_, auth, paths) => {
    expect(missing(auth)).toEqual(paths);
  });

  it('S0.11 are complete without scopes, which are optional (S0.9, S1.8)', () => {
    expect(
      missing(
        {
          grantType: 'password',
          clientId: 'x',
          username: 'robot',
          token: { url: 'https://login.example.com/token' },
        },
        ['auth.clientSecret', 'auth.password'],
      ),
    ).toEqual([]);
  });

  it('S0.25 treat an empty value as missing', () => {
    expect(
      missing(
        {
          grantType: 'authorization_code',
          clientId: '',
          authorize: { url: '' },
          token: { url: '' },
        },
        SECRETS,
      ),
    ).toEqual(['auth.clientId', 'auth.authorize.url', 'auth.token.url']);
  });

  it('exclude the client ID if only the secret is sent, as the user', () => {
    const auth = {
      grantType: 'client_credentials',
      clientId: '',
      token: { url: 'https://login.example.com/token' },
    };
    expect(missing(auth, SECRETS)).toEqual([]);
    expect(
      missing({ ...auth, clientAuthentication: 'client_secret_post' }, SECRETS),
    ).toEqual(['auth.clientId']);
  });

  it('include every instance value that a template needs, plain or secret', () => {
    const auth = {
      grantType: 'client_credentials',
      clientId: 'x',
      token: {
        url: 'https://{{instance.tenant}}.example.com/token',
        headers: { 'X-Key': '{{ instance.key }}' },
      },
    };
    const change = { baseUrl: 'https://{{instance.region}}.example.com' };
    expect(missing(auth, SECRETS, change)).toEqual([
      'instance.tenant',
      'instance.key',
      'instance.region',
    ]);
    expect(
      missing(auth, [...SECRETS, 'instance.key'], {
        ...change,
        instance: { tenant: 'acme', key: { secret: true }, region: '' },
      }),
    ).toEqual(['instance.region']);
  });
});

describe('N7 a client certificate that the API description demands', () => {
  it.each(['client_credentials', 'none'])('is missing for %s', way => {
    const bare = bareSettingsOf({
      importedFrom: { scheme: 'tls', clientCertificate: true },
    });
    const settings = {
      ...bare,
      ...(way === 'none' && { auth: { type: 'none' } }),
    } as BareSettings;
    const secrets = new Set(['auth.clientSecret', 'clientCertificate.key']);
    expect(missingParameters(settings, new Set(SECRETS))).toEqual(
      expect.arrayContaining([
        'clientCertificate.certificate',
        'clientCertificate.key',
      ]),
    );
    expect(
      missingParameters(
        { ...settings, clientCertificate: { certificate: 'PEM' } },
        secrets,
      ),
    ).toEqual([]);
  });
});

describe('secret claims of an assertion that have no value', () => {
  const claims = {
    account: { secret: true },
    tenant: 'acme',
    ...{ level: 3, admin: true },
  };
  const missing = (auth: object, secrets: string[] = []) =>
    missingParameters(
      bareSettingsOf({}, auth as Record<string, unknown>),
      new Set(secrets),
    );

  type Case = [string, object, string[], string];

  it.each<Case>([
    [
      'the grant jwt_bearer',
      {
        grantType: 'jwt_bearer',
        assertion: { alg: 'RS256', issuer: 'backstage', claims },
      },
      ['auth.assertion.key'],
      'auth.assertion.claims.account',
    ],
    ...['private_key_jwt', 'client_secret_jwt'].map(
      (clientAuthentication): Case => [
        clientAuthentication,
        {
          ...{ grantType: 'client_credentials', clientAuthentication },
          clientAssertion: { alg: 'RS256', claims },
        },
        ['auth.clientAssertion.key', 'auth.clientSecret'],
        'auth.clientAssertion.claims.account',
      ],
    ),
  ])('are missing for %s', (_, auth, secrets, path) => {
    expect(missing(auth, secrets)).toEqual([path]);
    expect(missing(auth, [...secrets, path])).toEqual([]);
  });

  it('are missing for a JWT that Backstage signs, whatever their name', () => {
    const settings = bareSettingsOf();
    const jwt = {
      ...settings,
      auth: {
        type: 'jwt',
        assertion: {
          ...{ alg: 'RS256', audience: 'https://api.example.com' },
          claims: { 'https://x.example/account': { secret: true } },
        },
      },
    } as unknown as typeof settings;
    const path = 'auth.assertion.claims.https://x.example/account';
    const key = 'auth.assertion.key';
    expect(missingParameters(jwt, new Set([key]))).toEqual([path]);
    expect(missingParameters(jwt, new Set([key, path]))).toEqual([]);
  });

  it('are named in the status', () => {
    const settings = bareSettingsOf(
      {},
      {
        clientAuthentication: 'private_key_jwt',
        clientAssertion: { alg: 'RS256', claims },
      },
    );
    expect(
      statusFor(undefined, {
        settings,
        secrets: new Set([...SECRETS, 'auth.clientAssertion.key']),
      }),
    ).toMatchObject({
      state: 'NOT_CONFIGURED',
      reasonCode: 'missing_settings',
      reason: 'Missing: Client assertion claim account',
    });
  });

  it("aren't missing if the client authenticates in another way", () => {
    const auth = {
      grantType: 'client_credentials',
      clientAuthentication: 'client_secret_post',
      clientAssertion: { alg: 'RS256', claims },
    };
    expect(missing(auth, SECRETS)).toEqual([]);
    expect(
      missing(
        { ...auth, refresh: { clientAuthentication: 'private_key_jwt' } },
        [...SECRETS, 'auth.clientAssertion.key'],
      ),
    ).toEqual(['auth.clientAssertion.claims.account']);
  });
});

describe('refreshing without a user', () => {
  it.each([
    ['authorization_code', true, true],
    ['authorization_code', false, false],
    ['client_credentials', false, true],
    ['password', false, true],
  ])(
    'under %s, with a refresh token %s, is possible: %s',
    (grantType, token, expected) => {
      const settings = bareSettingsOf({}, { grantType });
      expect(isRenewable(settings, { hasRefreshToken: token })).toBe(expected);
    },
  );
});

it.each([
  ['client_credentials', 1, true],
  ['authorization_code', 3, true],
  ['authorization_code', 2, false],
  ['authorization_code', 1, false],
  ['authorization_code', undefined, true],
])(
  'N5 a token of %s that the provider only prolongs can be refreshed before it expires (at %s): %s',
  (grantType, expiresAt, expected) => {
    const settings = bareSettingsOf(
      {},
      { grantType, refresh: { keepsAccessToken: true } },
    );
    const credential = { hasRefreshToken: false, expiresAt, readAt: 2 };
    expect(isRenewable(settings, credential)).toBe(expected);
  },
);

it('lists start with datasources that need a user', () => {
  expect(
    (['AUTHORIZED', 'ERROR', 'NOT_CONFIGURED', 'NOT_AUTHORIZED'] as const)
      .slice()
      .sort((a, b) => attentionRank(b) - attentionRank(a)),
  ).toEqual(['ERROR', 'NOT_AUTHORIZED', 'NOT_CONFIGURED', 'AUTHORIZED']);
});
