import { readFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { DATASOURCE_ERROR_CODES } from 'backstage-plugin-datasource-auth-common';
import {
  generatedPage,
  generatedPart,
  markdownTable,
  readResponseTypes,
} from 'runner/testUtils';
import { httpApiPage } from './__testUtils__/httpApiPage';
import { API_OPERATIONS } from './apiOperations';
import { createOpenApiDocument } from './openapi';

const NAME = 'backstage-plugin-datasource-auth-backend';
const types = readResponseTypes(
  resolvePackagePath(NAME, '../datasource-auth-common/src'),
);
const document: any = createOpenApiDocument('/api/datasource-auth');

describe('docs/http-api.md', () => {
  it("equals the served document; if it doesn't: make docs", () => {
    const { actual, expected } = generatedPage(
      'docs/http-api.md',
      httpApiPage(document, types),
    );
    expect(actual).toBe(expected);
  });

  it('knows the type of every response', () => {
    const answers = Object.values<any>(document.paths)
      .flatMap(methods => Object.values<any>(methods))
      .map(({ responses }) => responses[200] ?? responses[201])
      .filter(Boolean)
      .map(({ description }) => description);
    const unknown = answers.filter(
      answer => /^[A-Z]\w+$/.test(answer) && !types.has(answer),
    );
    expect(new Set(unknown)).toEqual(new Set(['YAML']));
  });

  it('changes with a field of a body, a response or an error', () => {
    const page = httpApiPage(document, types);
    for (const part of [
      '| `auth.token.contentType`',
      '| `minValiditySeconds`',
      '| `accessToken`',
      '412 `version_conflict`',
      '- **Who**: Allowed plugins with their own token',
    ]) {
      expect(page).toContain(part);
    }
  });
});

describe('docs/errors.md', () => {
  /** The comments above the codes, by code. */
  const meanings = new Map(
    [
      ...readFileSync(
        resolvePackagePath(NAME, '../datasource-auth-common/src/errors.ts'),
        'utf8',
      ).matchAll(/^ {2}\/\*\*((?:(?!\*\/)[^])*)\*\/\n {2}'(\w+)',$/gm),
    ].map(([, comment, code]) => [
      code,
      comment
        .replace(/^\s*\* ?/gm, '')
        .replace(/\s+/g, ' ')
        .trim(),
    ]),
  );
  const statuses = new Map<string, Set<string>>([
    // Of pages in the browser and of the service, which aren't operations of the API.
    ['ticket_invalid', new Set(['400'])],
    ['callback_invalid', new Set(['400'])],
    ['not_installed', new Set(['501'])],
  ]);
  for (const { errors = {} } of Object.values(API_OPERATIONS)) {
    for (const [status, codes] of Object.entries(errors)) {
      for (const code of codes) {
        statuses.set(code, (statuses.get(code) ?? new Set()).add(status));
      }
    }
  }

  it("has the status and the meaning of each code; if it doesn't: make docs", () => {
    const table = markdownTable(
      ['Code', 'Status', 'Meaning and remedy'],
      DATASOURCE_ERROR_CODES.map(code => [
        `\`${code}\``,
        [...(statuses.get(code) ?? [])].sort().join(', '),
        meanings.get(code)!,
      ]),
    );
    const { actual, expected } = generatedPart(
      'docs/errors.md',
      'codes',
      table,
    );
    expect(actual).toBe(expected);
  });

  it('misses no status and no meaning', () => {
    expect([...statuses.keys()].sort()).toEqual(
      [...DATASOURCE_ERROR_CODES].sort(),
    );
    expect([...meanings.keys()]).toEqual(DATASOURCE_ERROR_CODES);
  });
});
