import { readFileSync, writeFileSync } from 'node:fs';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { readResponseTypes } from './__testUtils__/responseTypes';
import { httpApiPage } from './__testUtils__/httpApiPage';
import { API_OPERATIONS } from './apiOperations';
import { createOpenApiDocument } from './openapi';

const NAME = 'backstage-plugin-datasource-auth-backend';
const PAGE = resolvePackagePath(NAME, '../../docs/http-api.md');
const types = readResponseTypes(
  resolvePackagePath(NAME, '../datasource-auth-common/src'),
);
const document: any = createOpenApiDocument('/api/datasource-auth');

describe('docs/http-api.md', () => {
  it("equals the served document; if it doesn't: make docs", () => {
    const page = httpApiPage(document, types);
    if (process.env.WRITE_DOCS) writeFileSync(PAGE, page);
    expect(readFileSync(PAGE, 'utf8')).toBe(page);
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
  it('has the statuses of each code', () => {
    const text = readFileSync(
      resolvePackagePath(NAME, '../../docs/errors.md'),
      'utf8',
    );
    const listed = new Map(
      [...text.matchAll(/^\| `(\w+)` +\| ([\d, ]+?) +\|/gm)].map(
        ([, code, statuses]) => [code, statuses],
      ),
    );
    const answered = new Map<string, Set<string>>();
    for (const { errors = {} } of Object.values(API_OPERATIONS)) {
      for (const [status, codes] of Object.entries(errors)) {
        for (const code of codes) {
          const statuses = answered.get(code) ?? new Set();
          answered.set(code, statuses.add(status));
        }
      }
    }
    expect(answered.size).toBeGreaterThan(20);
    for (const [code, statuses] of answered) {
      expect([code, listed.get(code)]).toEqual([
        code,
        [...statuses].sort().join(', '),
      ]);
    }
  });
});
