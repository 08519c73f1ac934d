import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Replica } from './Replica';

describe('a replica', () => {
  const folder = mkdtempSync(join(tmpdir(), 'datasource-auth-replica-'));
  const replicas: Replica[] = [];
  afterAll(async () => {
    await Promise.all(replicas.map(replica => replica.kill()));
    rmSync(folder, { recursive: true });
  });

  const start = async () => {
    const options = { name: 'one', folder, config: {} };
    const replica = await Replica.start({ ...options, leaseMilliseconds: 1 });
    replicas.push(replica);
    return replica;
  };
  const filesOf = (path: string): string[] =>
    (readdirSync(path, { recursive: true }) as string[])
      .map(name => join(path, name))
      .filter(file => statSync(file).isFile());

  it("doesn't write to files that another one may be reading", async () => {
    await (await start()).kill();
    const files = filesOf(folder);
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) writeFileSync(file, 'in use');

    await start();

    expect(filesOf(folder).length).toBeGreaterThan(files.length);
    expect(new Set(files.map(file => readFileSync(file, 'utf8')))).toEqual(
      new Set(['in use']),
    );
  });
});
