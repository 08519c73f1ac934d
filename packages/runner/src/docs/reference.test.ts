import { readFileSync } from 'node:fs';
import * as common from 'backstage-plugin-datasource-auth-common';
import { datasourceRules } from 'backstage-plugin-datasource-auth-node';
import { inRepository } from '../repository';
import {
  configurationKeys,
  describedKeys,
} from './__testUtils__/configurationKeys';
import { generatedPart } from './__testUtils__/generated';
import { markdownTable } from './__testUtils__/markdownTable';
import { MarkdownPage } from './__testUtils__/MarkdownPage';
import { isSaid, sourcesOf, textsIn } from './__testUtils__/messages';
import { readResponseTypes } from './__testUtils__/responseTypes';

/*
 * Reference pages have a line for each thing that exists, and no others. If you add a permission, a setting or an
 * error, describe it there.
 */

const backend = sourcesOf('plugins/datasource-auth-backend/src');
const source = (path: string) => readFileSync(inRepository(path), 'utf8');
const page = (name: string) => MarkdownPage.read(`docs/${name}`);
const codes = (cells: string[]) =>
  cells.map(cell => /^`([^`]*)`/.exec(cell)?.[1]);
const sorted = <T>(items: Iterable<T>) => [...new Set(items)].sort();
const allIn = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, found]) => found);

describe('docs/permissions.md', () => {
  it('lists every permission with its constant', () => {
    const constants = common.datasourceAuthPermissions.map(permission => [
      permission.name,
      Object.entries(common).find(([, it]) => it === permission)![0],
    ]);
    expect(
      page('permissions.md')
        .rows('Permissions')
        .map(row => codes(row.slice(0, 2)))
        .sort(),
    ).toEqual(constants.sort());
  });

  it('lists every rule with its condition and parameters', () => {
    const rules = Object.entries(datasourceRules).map(([name, rule]) => [
      rule.name,
      `datasourceConditions.${name}({ ${Object.keys(
        (rule.paramsSchema as unknown as { shape: object }).shape,
      ).join(', ')} })`,
    ]);
    expect(
      page('permissions.md')
        .rows('Rules')
        .map(row => codes(row.slice(0, 2)))
        .sort(),
    ).toEqual(rules.sort());
  });
});

describe('docs/service.md', () => {
  const folder = 'plugins/datasource-auth-node/src';
  const types = new Map([
    ...readResponseTypes(inRepository('plugins/datasource-auth-common/src')),
    ...readResponseTypes(inRepository(folder)),
  ]);
  /** Returns a table of the properties of interfaces. */
  const propertiesOf = (...names: string[]) =>
    markdownTable(
      ['Property', 'Type', 'Description'],
      names
        .flatMap(name => types.get(name)!.members)
        .map(({ name, optional, type, text }) => [
          `\`${name}\`${optional ? ', optional' : ''}`,
          `\`${type.replace(/ \| /g, ' or ')}\``,
          text,
        ]),
    );
  const parts = [
    generatedPart(
      'docs/service.md',
      'common options',
      propertiesOf('DatasourceRef', 'DatasourceAuthRequestOptions'),
    ),
    generatedPart(
      'docs/service.md',
      'options of getToken',
      propertiesOf('GetTokenOptions'),
    ),
    generatedPart('docs/service.md', 'token', propertiesOf('TokenResponse')),
  ];
  const guide = page('service.md');
  const service = source(`${folder}/service/DatasourceAuthService.ts`);
  const membersOf = (text: string, name: string) => {
    const [, body] = new RegExp(
      `interface ${name}[^{]*\\{\\n([^]*?)\\n\\}`,
    ).exec(text)!;
    return allIn(body, /^ {2}(\w+)[?:(<]/gm);
  };

  it("matches the comments in the code; if it doesn't: make docs", () => {
    for (const { actual, expected } of parts) expect(actual).toBe(expected);
  });

  it('lists exactly the existing methods', () => {
    expect(sorted(allIn(guide.text, /^## `(\w+)`$/gm))).toEqual(
      sorted(membersOf(service, 'DatasourceAuthService')),
    );
  });

  it.each([
    'DatasourceAuthRequestOptions',
    'DatasourceRef',
    'GetTokenOptions',
    'ReportRejectedOptions',
    'OnStatusChangeOptions',
  ])('names every option of %s', name => {
    for (const option of membersOf(service, name)) {
      expect(guide.text).toMatch(new RegExp(`[\`{, ]${option}\\b`));
    }
  });

  it('lists every property of a token', () => {
    const members = membersOf(
      source('plugins/datasource-auth-common/src/api/tokens.ts'),
      'TokenResponse',
    );
    const listed = guide.rows('getToken').map(([name]) => codes([name])[0]);
    expect(sorted(listed)).toEqual(sorted([...members, 'minValidity']));
  });
});

describe('docs/errors.md', () => {
  it('lists every code', () => {
    expect(
      sorted(
        page('errors.md')
          .rows()
          .map(([code]) => codes([code])[0]),
      ),
    ).toEqual(sorted(common.DATASOURCE_ERROR_CODES));
  });
});

describe('docs/token-lifecycle.md', () => {
  it("has the invariants of the broker; if it doesn't: make docs", () => {
    const broker = source(
      'plugins/datasource-auth-backend/src/credentials/TokenBroker.ts',
    );
    const invariants = [
      ...broker.matchAll(/^ \* (I\d) {2}([^]*?)(?=\n \* I\d|\n \*\n)/gm),
    ].map(([, name, text]) => `- **${name}** ${text.replace(/\n \* +/g, ' ')}`);
    expect(invariants).toHaveLength(8);
    const { actual, expected } = generatedPart(
      'docs/token-lifecycle.md',
      'invariants',
      invariants.join('\n'),
    );
    expect(actual).toBe(expected);
  });
});

describe('docs/configuration.md', () => {
  const table = markdownTable(
    ['Key', 'Default', 'Description'],
    describedKeys().map(({ key, fallback, description }) => [
      `\`${key}\``,
      fallback ?? '–',
      description,
    ]),
  );
  const part = generatedPart('docs/configuration.md', 'keys', table);

  it("matches the comments in config.d.ts; if it doesn't: make docs", () => {
    expect(part.actual).toBe(part.expected);
  });

  it('lists exactly the existing keys', () => {
    expect(
      sorted(
        page('configuration.md')
          .rows()
          .map(([key]) => codes([key])[0]),
      ),
    ).toEqual(sorted(configurationKeys()));
  });
});

describe('docs/troubleshooting.md', () => {
  const guide = page('troubleshooting.md');
  const listed = guide
    .rows()
    .map(([message]) => /^`(.*)`$/.exec(message)?.[1] ?? '');

  it('lists only messages that exist in the code', () => {
    const said = [
      ...backend,
      ...sourcesOf('plugins/datasource-auth-common/src'),
      ...sourcesOf('plugins/datasource-auth/src'),
      ...sourcesOf('plugins/datasource-auth-node/src'),
      ...sourcesOf('plugins/datasource-auth-react/src'),
    ].flatMap(textsIn);
    // From Knex, if the database is newer than the plugin. migrations.test.ts provokes it.
    const elsewhere = ['The migration directory is corrupt'];
    const unsaid = listed.filter(
      message =>
        !said.some(text => isSaid(message, text)) &&
        !elsewhere.some(start => message.startsWith(start)),
    );
    expect(unsaid).toEqual([]);
  });

  it('says what to do about each message', () => {
    for (const row of guide.rows()) {
      expect(row.at(-1)).not.toBe('');
      expect(row.length).toBeGreaterThan(1);
    }
  });
});
