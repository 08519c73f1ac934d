import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inRepository } from '../repository';
import { problemsOf } from './checkTarball';

describe('problemsOf', () => {
  const folder = mkdtempSync(join(tmpdir(), 'datasource-auth-tarball-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const manifest = {
    name: 'a-page',
    license: 'Apache-2.0',
    repository: { url: 'https://example.com/a.git', directory: 'plugins/a' },
    main: './dist/index.esm.js',
    exports: { '.': { types: './dist/index.d.ts' } },
    backstage: { role: 'frontend-plugin', features: { '.': '@backstage/x' } },
    peerDependencies: { react: '*', 'react-dom': '*', 'react-router-dom': '*' },
  };
  const files = {
    'README.md': 'A page',
    LICENSE: 'Apache License',
    'dist/index.esm.js': '',
    'dist/index.d.ts': '',
  };

  function pack(contents: Record<string, unknown>): string {
    const root = mkdtempSync(join(folder, 'package-'));
    for (const [path, content] of Object.entries(contents)) {
      if (content === undefined) continue;
      const file = join(root, 'package', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(
        file,
        typeof content === 'string' ? content : JSON.stringify(content),
      );
    }
    const tarball = join(root, 'a.tgz');
    execFileSync('tar', ['-czf', tarball, '-C', root, 'package']);
    return tarball;
  }

  it('finds nothing in a valid package', () => {
    expect(problemsOf(pack({ ...files, 'package.json': manifest }))).toEqual(
      [],
    );
  });

  it.each([
    ['a missing file', { 'dist/index.d.ts': undefined }, {}],
    ['a missing README', { 'README.md': undefined }, {}],
    ['a test', { 'src/a.test.ts': '' }, {}],
    ['a test mock', { 'dist/__testUtils__/Server.d.ts': '' }, {}],
    ['a path of this machine', { 'dist/a.js.map': inRepository('a.ts') }, {}],
    ['an import', { 'dist/index.d.ts': `import { A } from 'a/b';` }, {}],
    ['a missing license', { LICENSE: undefined }, {}],
    ['no license', {}, { license: undefined }],
    ['no repository', {}, { repository: { url: 'https://example.com/a.git' } }],
    ['no role', {}, { backstage: {} }],
    ['no feature', {}, { backstage: { role: 'frontend-plugin' } }],
    ['its own react', {}, { dependencies: { react: '^18.0.0' } }],
    ['a workspace range', {}, { dependencies: { x: 'workspace:^' } }],
    ['no migrations', {}, { name: 'backstage-plugin-datasource-auth-backend' }],
  ])('reports %s', (_what, changedFiles, changedManifest) => {
    const tarball = pack({
      ...files,
      'package.json': { ...manifest, ...changedManifest },
      ...changedFiles,
    });
    expect(problemsOf(tarball)).not.toEqual([]);
  });

  it('reports a secret that Backstage would print', () => {
    const schema = (visibility?: string) => ({
      properties: {
        auth: {
          anyOf: [
            { properties: { clientSecret: { type: 'string', visibility } } },
          ],
        },
      },
    });
    const withSchema = (visibility?: string) =>
      pack({
        ...files,
        'package.json': { ...manifest, configSchema: 'config.schema.json' },
        'config.schema.json': schema(visibility),
      });
    expect(problemsOf(withSchema('secret'))).toEqual([]);
    expect(problemsOf(withSchema())).toEqual([
      "doesn't mark auth.clientSecret as secret",
    ]);
  });
});
