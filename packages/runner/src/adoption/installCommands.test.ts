import { readdirSync, readFileSync } from 'node:fs';
import { inRepository } from '../repository';
import { installCommands } from './installCommands';

const published = readdirSync(inRepository('plugins'))
  .map(folder =>
    JSON.parse(
      readFileSync(inRepository('plugins', folder, 'package.json'), 'utf8'),
    ),
  )
  .filter(manifest => !manifest.private)
  .map(({ name }) => name as string);

describe('installCommands', () => {
  const { required, optional } = installCommands(
    Object.fromEntries(published.map(name => [name, `file:/packed/${name}`])),
  );

  it('starts with the plugin for the backend and the page for the app', () => {
    expect(required).toEqual([
      'yarn --cwd packages/backend add backstage-plugin-datasource-auth-backend@file:/packed/backstage-plugin-datasource-auth-backend',
      'yarn --cwd packages/app add backstage-plugin-datasource-auth@file:/packed/backstage-plugin-datasource-auth',
    ]);
  });

  it('has one command for every published package', () => {
    const names = [...required, ...optional].map(
      command => / add (\S+)@file:/.exec(command)![1],
    );
    expect(names.sort()).toEqual([...published].sort());
  });

  it('includes the package that plugins call APIs with', () => {
    expect(optional).toContain(
      'yarn --cwd plugins/my-plugin-backend add backstage-plugin-datasource-auth-node@file:/packed/backstage-plugin-datasource-auth-node',
    );
  });
});
