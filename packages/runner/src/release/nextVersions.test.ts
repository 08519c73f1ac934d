import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRepository } from '../repository';
import { nextVersions } from './nextVersions';

jest.setTimeout(120_000);

describe('nextVersions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'datasource-auth-release-'));
  const at = (...path: string[]) => join(folder, ...path);
  const manifestOf = (plugin: string) =>
    JSON.parse(readFileSync(at('plugins', plugin, 'package.json'), 'utf8'));
  const changesets = () =>
    readdirSync(at('.changeset')).filter(
      name => name.endsWith('.md') && name !== 'README.md',
    );

  beforeAll(() => {
    execFileSync('git', [
      'clone',
      '--quiet',
      '--shared',
      inRepository(),
      folder,
    ]);
    for (const name of ['node_modules', '.toolchain']) {
      symlinkSync(inRepository(name), at(name));
    }
    for (const name of changesets()) rmSync(at('.changeset', name));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('changes nothing without a changeset', async () => {
    expect(await nextVersions({ folder, logFolder: folder })).toEqual([]);
  });

  it('gives the changed packages a version and a changelog', async () => {
    const node = manifestOf('datasource-auth-node');
    const sample = manifestOf('sample-consumer-backend');
    writeFileSync(
      at('.changeset/change.md'),
      `---\n'${node.name}': minor\n---\n\nA change that adopters notice.\n`,
    );

    const changed = await nextVersions({ folder, logFolder: folder });
    const [major, minor] = node.version.split('.').map(Number);
    expect(changed).toContainEqual({
      name: node.name,
      version: `${major}.${minor + 1}.0`,
    });
    expect(manifestOf('datasource-auth-node').version).toBe(
      `${major}.${minor + 1}.0`,
    );
    expect(
      readFileSync(at('plugins/datasource-auth-node/CHANGELOG.md'), 'utf8'),
    ).toContain('A change that adopters notice.');
    expect(changesets()).toEqual([]);
    expect(manifestOf('sample-consumer-backend').version).toBe(sample.version);
    // The range of another package must stay a workspace range; packing replaces it.
    expect(
      Object.values(manifestOf('datasource-auth-backend').dependencies),
    ).toContain('workspace:^');
  });
});
