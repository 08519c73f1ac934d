import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inRepository } from '../repository';

jest.setTimeout(60_000);

describe('a program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runner-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs `action` while a file exists that must be cleaned up. */
  function start(name: string, action: string) {
    const file = join(folder, name);
    writeFileSync(file, '');
    const program = inRepository('packages/runner/src/processes/program.ts');
    const code = `const { cleaningUp, runProgram } = require('${program}');
      const { rmSync } = require('node:fs');
      runProgram(() => cleaningUp(async () => rmSync('${file}'), async () => {
        console.log('running');
        ${action}
      }));`;
    const child = spawn(
      process.execPath,
      [
        ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
        ...['--eval', code],
      ],
      { cwd: inRepository(), stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const ended = new Promise(resolve => child.once('exit', resolve));
    const running = new Promise(resolve => child.stdout.once('data', resolve));
    return { file, child, ended, running };
  }

  it('exits with the returned code, and leaves nothing behind', async () => {
    const { file, ended } = start('a', 'return 7;');
    expect(await ended).toBe(7);
    expect(existsSync(file)).toBe(false);
  });

  it('fails and cleans up if something in it throws', async () => {
    const { file, ended } = start('b', `throw new Error('broken');`);
    expect(await ended).toBe(1);
    expect(existsSync(file)).toBe(false);
  });

  it('cleans up if it is interrupted', async () => {
    const { file, child, running, ended } = start(
      'c',
      'await new Promise(resolve => setTimeout(resolve, 60_000));',
    );
    await running;
    await sleep(100);
    child.kill('SIGTERM');
    expect(await ended).toBe(1);
    expect(existsSync(file)).toBe(false);
  });
});
