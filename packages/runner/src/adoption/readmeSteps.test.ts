import { readFileSync } from 'node:fs';
import { inRepository } from '../repository';
import { readmeSteps } from './readmeSteps';

describe('readmeSteps', () => {
  const steps = readmeSteps();

  it('finds one package for the backend and one for the app', () => {
    expect(steps.packages).toEqual([
      {
        workspace: 'packages/backend',
        name: 'backstage-plugin-datasource-auth-backend',
      },
      { workspace: 'packages/app', name: 'backstage-plugin-datasource-auth' },
    ]);
  });

  it('finds one line for the backend, and none for an app with the new frontend system', () => {
    const [backend, ...others] = steps.code;
    expect(backend).toEqual({
      file: 'packages/backend/src/index.ts',
      imports: [],
      body: "backend.add(import('backstage-plugin-datasource-auth-backend'));",
    });
    expect(others.map(({ file }) => file)).toEqual([
      'packages/app/src/App.tsx',
      'packages/app/src/components/Root/Root.tsx',
      'app-config.yaml',
    ]);
  });

  it('finds what SQLite needs in package.json', () => {
    expect(Object.keys(steps.manifest)).toEqual([
      'resolutions',
      'dependenciesMeta',
    ]);
  });

  it.each(['README.md', 'docs/quick-start.md'])(
    'lists the steps in %s in the order that users follow',
    file => {
      const text = readFileSync(inRepository(file), 'utf8');
      const [registry, pack, add] = [
        "aren't on the npm registry yet",
        '`make pack`',
        'yarn --cwd packages/backend add',
      ].map(words => text.indexOf(words));
      const sqlite = text.indexOf('better-sqlite3');
      expect(sqlite).toBeGreaterThan(0);
      expect(registry).toBeGreaterThan(sqlite);
      expect(pack).toBeGreaterThan(registry);
      expect(add).toBeGreaterThan(pack);
      expect(readFileSync(inRepository('Makefile'), 'utf8')).toMatch(/^pack:/m);
    },
  );

  it('shows the import of each service for plugin authors', () => {
    const text = readFileSync(inRepository('README.md'), 'utf8');
    const [, lines] = /## Use it in a plugin[^]*?```ts\n([^]*?)```/.exec(text)!;
    expect(lines).toContain(
      "import { datasourceAuthServiceRef } from 'backstage-plugin-datasource-auth-node';",
    );
  });

  it('rejects a block without a file name', () => {
    const text = '## Installation\n```ts\nbackend.add(x);\n```\n## End\n';
    expect(() => readmeSteps(text)).toThrow('does not name its file');
  });
});
