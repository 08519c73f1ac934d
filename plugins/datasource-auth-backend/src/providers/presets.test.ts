import {
  instanceName,
  matchesField,
  PRESET_WAYS,
  presetDraft,
  presetRegistration,
  presetScopes,
  presetSettings,
  PresetWay,
  templateExpressions,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { PresetRegistry } from './PresetRegistry';
import { oauthOf } from '../settings/oauthOf';

async function bundled() {
  const registry = new PresetRegistry();
  return {
    presets: await registry.list(),
    problems: await registry.problems(),
  };
}

/** Returns every template anywhere in a value. */
function templatesOf(value: unknown): string[] {
  if (typeof value === 'string') return templateExpressions(value);
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(templatesOf);
}

describe('the bundled presets', () => {
  it('are all valid', async () => {
    const { presets, problems } = await bundled();
    expect(problems).toEqual([]);
    expect(presets.length).toBeGreaterThanOrEqual(40);
  });

  it('cover the cards of the gallery (ui 4c.2)', async () => {
    const ids = (await bundled()).presets.map(preset => preset.id);
    expect(ids).toEqual(
      expect.arrayContaining([
        'github',
        'gitlab',
        'atlassian',
        'google',
        'microsoft-entra',
        'okta',
        'auth0',
        'keycloak',
        'salesforce',
        'servicenow',
        'slack',
        'box',
        'generic-oauth2',
        'generic-oidc',
      ]),
    );
  });

  it('cover all grants, and keys, passwords and tokens (S1.3, S2.4, N1)', async () => {
    const { presets } = await bundled();
    for (const way of PRESET_WAYS) {
      expect([
        way,
        presets.filter(preset => preset.ways.includes(way)).length >= 3,
      ]).toEqual([way, true]);
    }
  });

  it('name their source, when it was checked, and how to register (S0.1, S4.2)', async () => {
    for (const preset of (await bundled()).presets) {
      expect(preset.source).toMatch(/^https:\/\//);
      expect(preset.lastVerified).toMatch(/^20\d\d-\d\d-\d\d$/);
      expect(preset.registration.steps).not.toEqual([]);
      expect(preset.caveat).toMatch(/^[^\n]{10,160}$/);
      expect(preset.benefit).toMatch(/^[A-Z][^\n]{9,59}(?<!\.)$/);
    }
  });

  it('say what each scope means that they tick, and suggest for each way only what fits', async () => {
    const unexplained: string[] = [];
    for (const preset of (await bundled()).presets) {
      for (const way of preset.ways) {
        if (way === 'static') continue;
        const known = presetScopes(preset, way).map(({ scope }) => scope);
        const ticked = presetDraft(preset, way).auth.scopes ?? [];
        unexplained.push(
          ...ticked
            .filter(scope => !known.includes(scope))
            .map(scope => `${preset.id}, ${way}: ${scope}`),
        );
      }
    }
    expect(unexplained).toEqual([]);
    const entra = (await bundled()).presets.find(
      ({ id }) => id === 'microsoft-entra',
    )!;
    const scopesOf = (way: PresetWay) =>
      presetScopes(entra, way).map(({ scope }) => scope);
    expect(scopesOf('client_credentials')).toEqual([
      '{{instance.resource}}/.default',
    ]);
    expect(scopesOf('authorization_code')).toEqual(['offline_access']);
    expect(scopesOf('static')).toEqual([]);
  });

  it('name for each way only the steps that it needs', async () => {
    const { presets } = await bundled();
    const wrong = presets.flatMap(preset =>
      preset.ways.flatMap(way => {
        const { steps } = presetRegistration(preset, way);
        const isSent = steps.some(step => step.includes('redirect URI'));
        const fits =
          steps.length > 0 && (way === 'authorization_code' || !isSent);
        return fits ? [] : [`${preset.id}, ${way}`];
      }),
    );
    expect(wrong).toEqual([]);
    const pagerDuty = presets.find(({ id }) => id === 'pagerduty')!;
    expect(presetRegistration(pagerDuty, 'authorization_code')).toEqual({
      url: 'https://developer.pagerduty.com/docs/',
      steps: [
        expect.stringMatching(/^Open Integrations, App Registration/),
        'Enter the redirect URI.',
        'Choose the scopes. Copy the client ID and secret.',
      ],
    });
    expect(presetRegistration(pagerDuty, 'static').url).toMatch(
      /api-access-keys$/,
    );
  });

  it('create valid drafts once a name, a client and the instance values are added', async () => {
    const withoutAddress: string[] = [];
    for (const preset of (await bundled()).presets) {
      const instance = Object.fromEntries(
        preset.instance.map(field => [field.name, field.example]),
      );
      for (const way of preset.ways) {
        const draft = presetSettings(preset, { way, instance });
        const client = { clientId: 'client', clientSecret: 'secret' };
        const settings = datasourceSettingsSchema.parse({
          ...draft,
          name: 'sample',
          auth: way === 'static' ? draft.auth : { ...draft.auth, ...client },
        });
        const missing = templatesOf(settings).filter(
          expression =>
            expression.startsWith('instance.') &&
            settings.instance?.[expression.slice('instance.'.length)] ===
              undefined,
        );
        expect([preset.id, way, missing]).toEqual([preset.id, way, []]);
        if (way === 'static') {
          if (!settings.baseUrl) withoutAddress.push(preset.id);
          continue;
        }
        const auth = oauthOf(settings);
        expect(auth.grantType).toBe(way);
        const known = preset.category !== 'Generic';
        expect([preset.id, Boolean(auth.token.url)]).toEqual([
          preset.id,
          known,
        ]);
        expect([preset.id, Boolean(auth.authorize.url)]).toEqual([
          preset.id,
          known && way === 'authorization_code',
        ]);
      }
    }
    expect(withoutAddress).toEqual([]);
  });

  it('use only https, and hosts that match the pattern of their values', async () => {
    for (const preset of (await bundled()).presets) {
      const { auth = {} } = preset.settings;
      const urls = [
        preset.settings.baseUrl,
        auth.authorize?.url,
        auth.token?.url,
        auth.refresh?.url,
        auth.revoke?.url,
      ];
      for (const url of urls) {
        if (!url) continue;
        expect(url).toMatch(/^https:\/\//);
        const host = url.split('/')[2];
        for (const expression of templateExpressions(url).filter(each =>
          host.includes(each),
        )) {
          const field = preset.instance.find(
            candidate => instanceName(expression) === candidate.name,
          );
          expect([preset.id, field?.name, Boolean(field?.pattern)]).toEqual([
            preset.id,
            field?.name,
            true,
          ]);
          for (const evil of ['evil.com/#', 'evil.com?', 'a@b', 'a\\b', '']) {
            expect(new RegExp(`^(?:${field!.pattern})$`).test(evil)).toBe(
              false,
            );
          }
        }
      }
    }
  });

  it('use PKCE with S256, or say why not', async () => {
    const off: string[] = [];
    for (const preset of (await bundled()).presets) {
      if (!preset.ways.includes('authorization_code')) continue;
      const { auth } = presetSettings(preset, {
        way: 'authorization_code',
      });
      const { pkce } = oauthOf(
        datasourceSettingsSchema.parse({ name: 'sample', auth }),
      );
      const reasons = preset.behavior.notes.filter(note =>
        note.startsWith('PKCE stays off.'),
      );
      expect([preset.id, reasons.length]).toEqual([
        preset.id,
        pkce === 'off' ? 1 : 0,
      ]);
      if (pkce === 'off') off.push(preset.id);
    }
    expect(off.sort()).toEqual(['slack', 'slack-user', 'uipath']);
  });

  /**
   * The values that each preset's source lists, by `preset.field`. Another value would send a client secret to someone
   * else.
   */
  const FIXED: Record<string, string[]> = {
    'datadog.site': [
      ...['datadoghq.com', 'us3.datadoghq.com', 'us5.datadoghq.com'],
      ...['datadoghq.eu', 'ap1.datadoghq.com', 'ap2.datadoghq.com'],
      ...['uk1.datadoghq.com', 'ddog-gov.com', 'us2.ddog-gov.com'],
    ],
    'datadog.app': [
      ...['app.datadoghq.com', 'us3.datadoghq.com', 'us5.datadoghq.com'],
      ...['app.datadoghq.eu', 'ap1.datadoghq.com', 'ap2.datadoghq.com'],
      ...['uk1.datadoghq.com', 'app.ddog-gov.com', 'us2.ddog-gov.com'],
    ],
    'docusign.server': ['account', 'account-d'],
    'docusign-jwt.server': ['account', 'account-d'],
    'new-relic.api': ['api.newrelic.com', 'api.eu.newrelic.com'],
    'opsgenie.api': ['api.opsgenie.com', 'api.eu.opsgenie.com'],
    'pagerduty.region': ['us', 'eu'],
    'pagerduty.api': ['api.pagerduty.com', 'api.eu.pagerduty.com'],
    'salesforce.domain': [
      ...['acme', 'acme--dev.sandbox', 'acme-dev-ed.develop', 'acme.scratch'],
      ...['acme.trailblaze', 'acme.demo', 'acme.patch'],
    ],
    'salesforce-jwt.domain': [
      ...['acme', 'acme--dev.sandbox', 'acme-dev-ed.develop', 'acme.scratch'],
      ...['acme.trailblaze', 'acme.demo', 'acme.patch'],
    ],
    'snyk.api': [
      ...['api.snyk.io', 'api.us.snyk.io', 'api.eu.snyk.io', 'api.au.snyk.io'],
    ],
    'sap-cloud-identity.domain': [
      ...['acme.accounts.ondemand.com', 'acme.accounts.cloud.sap'],
    ],
    'zoho.domain': [
      ...['zoho.com', 'zoho.eu', 'zoho.in', 'zoho.com.au', 'zoho.jp'],
      ...['zohocloud.ca', 'zoho.sa', 'zoho.uk', 'zoho.ae', 'zoho.com.cn'],
    ],
  };

  it('accept only the regions, data centers and environments that their source lists', async () => {
    const lists: string[] = [];
    for (const preset of (await bundled()).presets) {
      for (const field of preset.instance) {
        if (!field.pattern || !/[|?]/.test(field.pattern)) continue;
        const name = `${preset.id}.${field.name}`;
        lists.push(name);
        const listed = FIXED[name] ?? [];
        expect([name, listed.length > 1]).toEqual([name, true]);
        for (const value of listed) {
          expect([name, value, matchesField(field, value)]).toEqual([
            name,
            value,
            true,
          ]);
          for (const other of [
            ...[`x${value}`, `${value}.example`, `${value}x`, `x.${value}`],
            value.replace('.', 'x'),
          ]) {
            if (listed.includes(other) || !/[.]/.test(value)) continue;
            // Names before a fixed suffix are the customer's.
            if (/\[A-Za/.test(field.pattern) && /^x?acme/.test(other)) continue;
            expect([name, other, matchesField(field, other)]).toEqual([
              name,
              other,
              false,
            ]);
          }
        }
      }
    }
    expect(lists.sort()).toEqual(Object.keys(FIXED).sort());
  });
});
