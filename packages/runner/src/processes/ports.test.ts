import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { inRepository } from '../repository';
import { freePort } from './ports';

jest.setTimeout(60_000);

/** Outside the range for tests that run at the same time. */
const RANGE = { first: 19_990, last: 19_995 };

describe('freePort', () => {
  const programs: ChildProcess[] = [];
  afterAll(() => programs.forEach(program => program.kill('SIGKILL')));

  /** Two ports that another program gets, but doesn't use yet. */
  async function portsOfAnotherProgram(): Promise<number[]> {
    const program = spawn(
      process.execPath,
      [
        ...['--require', '@backstage/cli/config/nodeTransform.cjs', '--eval'],
        `const { freePort } = require('${inRepository(
          'packages/runner/src/processes/ports.ts',
        )}');
         (async () => {
           const range = ${JSON.stringify(RANGE)};
           console.log(JSON.stringify([await freePort(range), await freePort(range)]));
         })();
         setInterval(() => {}, 1000);`,
      ],
      { cwd: inRepository(), stdio: ['ignore', 'pipe', 'inherit'] },
    );
    programs.push(program);
    const [line] = await once(program.stdout!, 'data');
    return JSON.parse(line);
  }

  it('gives no port to two programs, before anything listens on it', async () => {
    const ports = [
      ...(await Promise.all([
        portsOfAnotherProgram(),
        portsOfAnotherProgram(),
      ])),
      [await freePort(RANGE), await freePort(RANGE)],
    ].flat();
    expect(new Set(ports).size).toBe(6);

    const [program] = programs;
    program.kill('SIGKILL');
    await once(program, 'exit');
    expect(ports.slice(0, 4)).toContain(await freePort(RANGE));
  });
});
