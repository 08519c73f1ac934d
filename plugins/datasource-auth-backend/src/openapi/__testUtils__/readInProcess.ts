import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What reading a document in a process of its own came to. */
export interface Reading {
  /** Names of the schemes that were found. */
  schemes?: string[];
  /** Scopes that the operations of all schemes need. */
  scopes?: string[];
  error?: string;
  /** Of the processor, all threads together. */
  seconds: number;
  /** The most memory that the process had at once, with what Node.js itself takes. */
  megabytes: number;
}

/**
 * Reads an API description in a process that ends when it needs more memory than is said, so that the limit is a real
 * one. Rejects when the process ended without an answer.
 */
export async function readInProcess(
  text: string,
  options: { megabytes: number },
): Promise<Reading> {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-'));
  const file = join(folder, 'document');
  writeFileSync(file, text);
  try {
    return JSON.parse(await run(file, options.megabytes));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(file: string, megabytes: number): Promise<string> {
  const { NODE_OPTIONS, JEST_WORKER_ID, ...env } = process.env;
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${megabytes}`,
      ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
      require.resolve('./readProgram'),
      file,
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
