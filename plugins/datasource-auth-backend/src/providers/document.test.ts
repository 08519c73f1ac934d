import { readdirSync, readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { presetSettings } from 'backstage-plugin-datasource-auth-common';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { generatedPage } from 'runner/testUtils';
import { parse } from 'yaml';
import { z } from 'zod';
import { presetsPage } from './__testUtils__/presetsPage';
import { providerGuide } from './__testUtils__/providerGuide';
import { PresetRegistry } from './PresetRegistry';

/*
 * You can't try these pages out for every provider, so the examples and the table are compared with the code.
 */
const DOCS = resolvePackagePath(
  'backstage-plugin-datasource-auth-backend',
  '../../docs',
);
const GUIDES = `${DOCS}/providers`;
const page = (name: string) => readFileSync(`${DOCS}/${name}`, 'utf8');
const text = page('providers.md');

/** Replaces an included file, as Backstage does while reading its configuration. */
const include = (_key: unknown, value: any) =>
  value?.$file ? `the content of ${value.$file}` : value;

const examples = Object.assign(
  {},
  ...[...page('provider-examples.md').matchAll(/```yaml\n([\s\S]*?)```/g)].map(
    ([, yaml]) => parse(yaml, include).datasourceAuth.datasources,
  ),
) as Record<string, any>;

/** Returns the rows of the table under a heading, as lists of cells. */
function rowsUnder(heading: string): string[][] {
  const [, section] = text.split(`\n## ${heading}\n`);
  return section
    .split(/\n## /)[0]
    .split('\n')
    .filter(line => line.startsWith('|'))
    .slice(2)
    .map(line =>
      line
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim()),
    );
}

const schema = z.toJSONSchema(datasourceSettingsSchema, {
  io: 'input',
  unrepresentable: 'any',
}) as any;

function hasSetting(path: string): boolean {
  const find = (node: any, [key, ...rest]: string[]): boolean =>
    key === undefined ||
    [node, ...(node.oneOf ?? []), ...(node.anyOf ?? [])].some(
      ({ properties = {} }) => key in properties && find(properties[key], rest),
    ) ||
    [...(node.oneOf ?? []), ...(node.anyOf ?? [])].some(option =>
      find(option, [key, ...rest]),
    );
  return find(schema, path.split('.'));
}

describe('docs/provider-examples.md', () => {
  it('has examples that are valid settings (S4.12)', () => {
    expect(Object.keys(examples)).toEqual([
      'github',
      'slack-search',
      'quickbooks',
      'business-central',
      'servicenow',
      'reports',
      'ledger',
      'bank',
    ]);
    for (const [name, settings] of Object.entries(examples)) {
      expect(() =>
        datasourceSettingsSchema.parse({ ...settings, name }),
      ).not.toThrow();
    }
  });

  it.each([
    ['github', 'github', 'authorization_code'],
    ['slack-search', 'slack-user', 'authorization_code'],
    ['quickbooks', 'quickbooks', 'authorization_code'],
    ['business-central', 'business-central', 'client_credentials'],
    ['servicenow', 'servicenow', 'password'],
  ] as const)(
    'has the example %s with the values of the preset %s',
    async (name, id, grantType) => {
      const registry = new PresetRegistry();
      const { auth } = presetSettings(await registry.get(id), {
        way: grantType,
      });
      const example = examples[name].auth;
      for (const key of [
        'authorize',
        'token',
        'clientAuthentication',
        'callback',
        'pkce',
        'scopeSeparator',
      ] as const) {
        expect([key, example[key]]).toEqual([key, auth[key]]);
      }
    },
  );
});

describe('docs/providers.md', () => {
  it('names only existing settings', () => {
    const settings = rowsUnder('Settings for provider quirks').flatMap(
      ([, cell]) =>
        [...cell.matchAll(/`(auth\.[A-Za-z.]+|instance)`/g)].map(
          ([, path]) => path,
        ),
    );
    expect(settings.length).toBeGreaterThan(30);
    expect(settings.filter(path => !hasSetting(path))).toEqual([]);
    expect(hasSetting('auth.tokenUrl')).toBe(false);
  });
});

describe('docs/presets.md and the guides', () => {
  it("describe all presets; if they don't: make docs", async () => {
    const presets = await new PresetRegistry().list();
    expect(presets.length).toBeGreaterThan(60);
    const pages = [
      generatedPage('docs/presets.md', presetsPage(presets)),
      ...presets.map(preset =>
        generatedPage(`docs/providers/${preset.id}.md`, providerGuide(preset)),
      ),
    ];
    for (const { actual, expected } of pages) expect(actual).toBe(expected);
    expect(readdirSync(GUIDES).sort()).toEqual(
      presets.map(({ id }) => `${id}.md`).sort(),
    );
    for (const { id, guide } of presets) {
      expect(guide).toMatch(`/blob/main/docs/providers/${id}.md`);
    }
  });
});
