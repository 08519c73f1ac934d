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

  it('lists the steps in the order that users follow', () => {
    const text = readFileSync(inRepository('README.md'), 'utf8');
    const places = [
      'better-sqlite3',
      "aren't on the npm registry yet",
      '`make pack`',
      'yarn --cwd packages/backend add',
      'backend.add(',
    ].map(words => text.indexOf(words));
    expect(places[0]).toBeGreaterThan(0);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(readFileSync(inRepository('Makefile'), 'utf8')).toMatch(/^pack:/m);
  });

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
