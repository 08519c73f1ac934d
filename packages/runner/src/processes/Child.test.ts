import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRepository } from '../repository';
import { answers, Child } from './Child';
import { freePort, isFree } from './ports';

jest.setTimeout(60_000);

describe('Child', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runner-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const provider = (port: number) => ({
    name: 'The demo provider',
    entry: 'packages/demo-provider/src/cli.ts',
    args: ['--port', String(port)],
    logFile: join(folder, `${port}.log`),
  });

  it('runs a program until it is stopped', async () => {
    const port = await freePort();
    const child = Child.start(provider(port));
    await child.up(() => answers(`http://localhost:${port}/stats`), {
      seconds: 30,
    });
    expect(await isFree(port)).toBe(false);

    await child.stop();
    expect(await child.exited).toBe(0);
    expect(await isFree(port)).toBe(true);
    expect(child.lastLines()).toContain('demo provider listening');
  });

  it('reports the output of a program that ends while starting', async () => {
    const child = Child.start({ ...provider(0), args: ['--port', 'x'] });
    await expect(child.up(async () => false, { seconds: 30 })).rejects.toThrow(
      /The demo provider ended while starting[^]*port/,
    );
  });

  it('stops its programs when it is killed', async () => {
    const port = await freePort();
    const starter = spawn(
      process.execPath,
      [
        ...['--require', '@backstage/cli/config/nodeTransform.cjs', '--eval'],
        `require('${inRepository('packages/runner/src/processes/Child.ts')}')
           .Child.start(${JSON.stringify(provider(port))});
         setInterval(() => {}, 1000);`,
      ],
      { cwd: inRepository(), stdio: 'ignore' },
    );
    const url = `http://localhost:${port}/stats`;
    while (!(await answers(url))) await tick();

    starter.kill('SIGKILL');
    while (await answers(url)) await tick();
    expect(readFileSync(join(folder, `${port}.log`), 'utf8')).toContain(
      'listening',
    );
  });
});

function tick() {
  return new Promise(resolve => setTimeout(resolve, 100));
}
