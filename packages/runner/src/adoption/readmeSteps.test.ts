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

  it('finds one line for the backend, and none for an app of the new frontend system', () => {
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

  it('refuses a block that does not say where it goes', () => {
    const text =
      '## Install it in your own Backstage\n```ts\nbackend.add(x);\n```\n## End\n';
    expect(() => readmeSteps(text)).toThrow('does not name its file');
  });
});
