import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Result of reading a document in its own process. */
export interface Reading {
  /** Names of the schemes. */
  schemes?: string[];
  /** Scopes that the operations of all schemes require. */
  scopes?: string[];
  error?: string;
  /** CPU time of all threads, in the times that JSON.parse needs for ten megabytes of ordinary JSON. */
  cost: number;
  /** Peak memory of the process, including Node.js itself but no other code of a backend. */
  megabytes: number;
}

let program: Uint8Array | undefined;

/** The reader in one file: compiling it in each process would take longer than most documents do. */
function bundled(): Uint8Array {
  program ??= buildSync({
    entryPoints: [require.resolve('./readProgram')],
    bundle: true,
    platform: 'node',
    write: false,
  }).outputFiles[0].contents;
  return program;
}

/**
 * Reads an API description in a process that is killed above a memory limit, so that the limit is real.
 * Rejects if the process ended without a result.
 */
export async function readInProcess(
  text: string | Buffer,
  options: { megabytes: number },
): Promise<Reading> {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  writeFileSync(join(folder, 'program.cjs'), bundled());
  writeFileSync(join(folder, 'document'), text);
  try {
    return JSON.parse(await run(folder, options.megabytes));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(folder: string, megabytes: number): Promise<string> {
  const { NODE_OPTIONS, JEST_WORKER_ID, ...env } = process.env;
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${megabytes}`,
      join(folder, 'program.cjs'),
      join(folder, 'document'),
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  let errors = '';
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  child.stderr.on('data', chunk => {
    errors = (errors + chunk).slice(-2_000);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`Ended with ${signal ?? code}. ${errors}`));
    });
  });
}
