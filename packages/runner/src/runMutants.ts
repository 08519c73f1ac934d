import { mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Protection } from './mutants/Protection';
import { protectedPackages } from './mutants/protections';
import { runTestFile } from './mutants/runTestFile';
import { runProgram } from './processes/program';
import { inRepository } from './repository';

/*
 * `make mutants`: disables one protection after the other, and checks that its test notices. No file changes: only the test runner sees the changed source. ONLY=word selects protections by name, file or test.
 */

const ONLY = (process.env.ONLY ?? '').toLowerCase();
/** Concurrent test files. One keeps about one core busy. */
const LANES = availableParallelism();

const print = (line: string) => process.stdout.write(`${line}\n`);
/** Result of each test file with nothing disabled: it must pass. */
const untouched = new Map<string, Promise<string | undefined>>();

async function main(): Promise<number> {
  mkdirSync(inRepository('.cache/mutants'), { recursive: true });
  const queue = protectedPackages.flatMap(({ folder, protections }) =>
    protections.filter(isAskedFor).map(protection => ({ folder, protection })),
  );
  let noticed = 0;
  let faults = 0;
  const workThrough = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const { name, file } = next.protection;
      try {
        const test = await noticedBy(next.folder, next.protection);
        print(`✓ ${name}: noticed by “${test}”`);
        noticed += 1;
      } catch (error) {
        print(`✗ ${name} (${file}): ${(error as Error).message}`);
        faults += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, workThrough));
  print(`${noticed} protections noticed, ${faults} not`);
  return faults > 0 || noticed === 0 ? 1 : 0;
}

/** Returns the first test that fails without a protection. */
async function noticedBy(
  folder: string,
  protection: Protection,
): Promise<string> {
  const { file, code, test } = protection;
  const source = readFileSync(inRepository(folder, 'src', file), 'utf8');
  const places = source.split(code).length - 1;
  if (places !== 1)
    throw new Error(`its code occurs ${places} times, not once`);
  const key = `${folder}/${test}`;
  if (!untouched.has(key)) untouched.set(key, faultOf(folder, test));
  const fault = await untouched.get(key);
  if (fault) throw new Error(fault);
  const { broken, failed } = await runTestFile(folder, test, protection);
  if (broken) throw new Error(`${test} does not run without it: ${broken}`);
  if (failed.length === 0) throw new Error(`${test} does not notice`);
  return failed[0];
}

async function faultOf(
  folder: string,
  test: string,
): Promise<string | undefined> {
  const { broken, failed } = await runTestFile(folder, test);
  if (broken) return `${test} does not run: ${broken}`;
  return failed.length > 0
    ? `${test} fails with every protection: ${failed.join(', ')}`
    : undefined;
}

function isAskedFor({ name, file, test }: Protection): boolean {
  return `${name} ${file} ${test}`.toLowerCase().includes(ONLY);
}

runProgram(main);
