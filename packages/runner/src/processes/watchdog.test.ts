import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { inRepository } from '../repository';
import { isFree } from './ports';

jest.setTimeout(120_000);

describe('a program that is killed', () => {
  /** Folder that the program under test uses as the system's temporary folder. */
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runner-'));
    // For PostgreSQL, which root must start as another user.
    chmodSync(folder, 0o711);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs `action` as a program of the runner, and resolves once it has printed a line. */
  async function start(
    action: string,
    options: { shell?: boolean; env?: Record<string, string> } = {},
  ) {
    const from = (file: string) =>
      `require('${inRepository('packages/runner/src', file)}')`;
    const code = `
      const { existsSync, mkdtempSync } = require('node:fs');
      const { tmpdir } = require('node:os');
      const { runProgram } = ${from('processes/program.ts')};
      const { run } = ${from('processes/run.ts')};
      const { Child } = ${from('processes/Child.ts')};
      const { Postgres } = ${from('processes/Postgres.ts')};
      const { temporaryFolder } = ${from('processes/watchdog.ts')};
      const forever = () => new Promise(() => setInterval(() => {}, 1000));
      runProgram(async () => { ${action} });`;
    const command = [
      process.execPath,
      ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
      ...['--eval', code],
    ];
    // A shell that waits for the program, like make.
    const [program, ...args] = options.shell
      ? ['/bin/sh', '-c', '"$@"; exit $?', 'sh', ...command]
      : command;
    const child = spawn(program, args, {
      cwd: inRepository(),
      env: { ...process.env, TMPDIR: folder, ...options.env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const line = await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      child.once('exit', () => reject(new Error('The program ended.')));
    });
    return { child, line };
  }

  /** Running commands with the folder, or a word of a test, in their arguments. */
  const running = (word: string = folder) =>
    execFileSync('ps', ['-A', '-ww', '-o', 'args'])
      .toString()
      .split('\n')
      .filter(line => line.includes(word) && !line.includes('--eval'));

  async function until(holds: () => boolean) {
    const deadline = Date.now() + 60_000;
    while (!holds()) {
      if (Date.now() > deadline) throw new Error('It does not end.');
      await sleep(100);
    }
  }

  const nothingLeft = (word?: string) =>
    until(() => running(word).length === 0 && readdirSync(folder).length === 0);

  it('stops PostgreSQL and removes its folder', async () => {
    const { child, line } = await start(
      `await Postgres.during(async ({ url }) => {
        console.log(new URL(url).port);
        await forever();
      });`,
    );
    expect(running()).not.toEqual([]);
    expect(await isFree(Number(line))).toBe(false);

    child.kill('SIGKILL');
    await nothingLeft();
    expect(await isFree(Number(line))).toBe(true);
  });

  it('stops a command with all its processes, and removes their files', async () => {
    const word = `9${Date.now()}`;
    const { child } = await start(
      `await run(
        ['sh', '-c', 'mktemp -d; sleep ${word} & sleep ${word}'],
        { onLine: console.log },
      );`,
    );
    await until(() => running(word).length >= 2);

    child.kill('SIGKILL');
    await nothingLeft(word);
    expect(running(word)).toEqual([]);
  });

  it('stops a command that ignores the signal', async () => {
    const word = `8${Date.now()}`;
    const { child } = await start(
      `await run(
        ['sh', '-c', 'trap "" TERM; echo up; while :; do sleep 0.1; : ${word}; done'],
        { onLine: console.log },
      );`,
      { env: { WATCHDOG_GRACE_MS: '1000' } },
    );
    expect(running(word)).not.toEqual([]);

    child.kill('SIGKILL');
    await nothingLeft(word);
    expect(running(word)).toEqual([]);
  });

  it('removes its folders', async () => {
    const { child, line } = await start(
      `const { path } = temporaryFolder('test');
      mkdtempSync(tmpdir() + '/other-');
      console.log(path);
      await forever();`,
    );
    expect(readdirSync(folder)).toContain(line.slice(folder.length + 1));
    expect(readdirSync(folder)).toHaveLength(2);

    child.kill('SIGKILL');
    await nothingLeft();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('ends even if only its parent is killed', async () => {
    const { child, line } = await start(
      `await Postgres.during(async ({ url }) => {
        console.log(process.pid);
        await forever();
      });`,
      { shell: true },
    );
    child.kill('SIGKILL');
    await nothingLeft();
    await until(() => !isRunning(Number(line)));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps a folder that is marked to be kept', async () => {
    const { child, line } = await start(
      `const kept = temporaryFolder('test');
      kept.keep();
      console.log(kept.path);
      await forever();`,
    );
    child.kill('SIGKILL');
    const kept = line.slice(folder.length + 1);
    await until(() => readdirSync(folder).length === 1);
    expect(readdirSync(folder)).toEqual([kept]);
  });
});

function isRunning(pid: number) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
