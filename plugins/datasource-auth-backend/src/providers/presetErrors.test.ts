import { presetSettings } from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { Egress, EgressRequest } from '../egress/Egress';
import { DefaultProviderClient } from '../oauth/DefaultProviderClient';
import { ALIASES, aliasOf } from '../oauth/providerAliases';
import { ProviderContext } from '../settings/ResolvedSettings';
import { PresetRegistry } from './PresetRegistry';
import { oauthOf } from '../settings/oauthOf';

const registry = new PresetRegistry();

/** A provider's documented response: status, body, and the expected code. */
type Sample = [status: number, body: object, code: string];

const error = (word: string, code: string, status = 400): Sample => [
  status,
  { error: word },
  code,
];
const status = (word: string, code: string): Sample => [
  400,
  { status: word, message: 'missing or invalid' },
  code,
];
const slack: Sample[] = [
  [200, { ok: false, error: 'invalid_code' }, 'invalid_grant'],
  [200, { ok: false, error: 'invalid_refresh_token' }, 'invalid_grant'],
  [200, { ok: false, error: 'bad_client_secret' }, 'invalid_client'],
  [200, { ok: false, error: 'invalid_client_id' }, 'invalid_client'],
  [200, { ok: false, error: 'bad_redirect_uri' }, 'redirect_uri_mismatch'],
  [200, { ok: false, error: 'ratelimited' }, 'rate_limited'],
];
const github: Sample[] = [
  error('bad_verification_code', 'invalid_grant', 200),
  error('incorrect_client_credentials', 'invalid_client', 200),
];
const aadsts = (number: string, code: string): Sample => [
  400,
  { error: 'invalid_grant', error_description: `AADSTS${number}: It failed.` },
  code,
];

const SAMPLES: Record<string, Sample[]> = {
  github,
  'github-app': [...github, error('bad_refresh_token', 'invalid_grant', 200)],
  hubspot: [
    status('BAD_REFRESH_TOKEN', 'invalid_grant'),
    status('BAD_AUTH_CODE', 'invalid_grant'),
    status('EXPIRED_AUTH_CODE', 'invalid_grant'),
  ],
  slack,
  'slack-user': slack,
  zoho: [
    error('invalid_code', 'invalid_grant', 200),
    error('invalid_client_secret', 'invalid_client', 200),
    error('invalid_redirect_uri', 'redirect_uri_mismatch', 200),
  ],
  atlassian: [
    [
      403,
      {
        error: 'unauthorized_client',
        error_description: 'refresh_token is invalid',
      },
      'invalid_grant',
    ],
  ],
  webex: [
    [
      400,
      {
        message:
          'The refresh token provided is expired, revoked, malformed, or invalid.',
      },
      'invalid_grant',
    ],
  ],
  'microsoft-entra': [
    aadsts('7000222', 'client_secret_expired'),
    aadsts('7000215', 'invalid_client'),
    aadsts('65001', 'consent_required'),
    aadsts('50076', 'interaction_required'),
    aadsts('700082', 'invalid_grant'),
  ],
};

/** Sends a refresh token under a preset to a provider with this response. */
async function refused(id: string, [code, body]: Sample) {
  const preset = await registry.get(id);
  const instance = Object.fromEntries(
    preset.instance.map(field => [field.name, field.example]),
  );
  const draft = presetSettings(preset, {
    way: 'authorization_code',
    instance,
  });
  const auth = oauthOf(
    datasourceSettingsSchema.parse({
      ...draft,
      name: 'sample',
      auth: { ...draft.auth, clientId: 'client', clientSecret: 'hush-hush' },
    }),
  );
  const context = {
    ...{ name: 'sample', auth, instance, kept: {} },
    redirectUri: 'https://backstage.example/callback',
  } as unknown as ProviderContext;
  const egress = {
    check: () => {},
    fetch: async (_: string, request: EgressRequest) => {
      request.onSend?.();
      return Response.json(body, { status: code });
    },
  } as unknown as Egress;
  const host = new URL(auth.token.url!.replace(/\{\{[^}]*\}\}/g, 'x')).host;
  const failure = await DefaultProviderClient.create({ egress })
    .refresh(context, { refreshToken: 'RT', accessToken: 'AT' })
    .then(
      () => undefined,
      thrown => thrown,
    );
  return { host, failure };
}

const CASES = Object.entries(SAMPLES).flatMap(([id, samples]) =>
  samples.map(sample => [id, sample] as const),
);

describe('provider-specific errors', () => {
  it.each(CASES)(
    'of %s are decisive the first time: %j',
    async (id, sample) => {
      const [, , code] = sample;
      const { failure } = await refused(id, sample);
      expect(failure.diagnosis.code).toBe(code);
      expect(failure.outcome).toBe(
        code === 'invalid_grant' ? 'refused' : failure.outcome,
      );
    },
  );

  it('all belong to existing presets', async () => {
    const said = new Set<string>();
    for (const [id, sample] of CASES) {
      const { host, failure } = await refused(id, sample);
      const { error: word, errorDescription } = failure.diagnosis.details;
      const alias = aliasOf({
        ...{ error: word, host },
        description: errorDescription,
      });
      said.add(`${ALIASES.indexOf(alias!)} ${id}`);
    }
    const expected = ALIASES.flatMap(({ presets }, index) =>
      presets.map(id => `${index} ${id}`),
    );
    expect([...said].sort()).toEqual(expected.sort());
  });

  it('have a source', () => {
    for (const { source, presets } of ALIASES) {
      expect(source).toMatch(presets.length > 0 ? /^https:\/\// : /\w/);
    }
  });
});
