import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { inRepository } from '../repository';

/** Folder of the demo's database, logs and secret; git-ignored. */
export const DEMO_FOLDER = inRepository('.demo');

/** Secret that encrypts the demo's tokens, generated once: another one couldn't decrypt the database. */
export function demoSecret(): string {
  const file = `${DEMO_FOLDER}/secret`;
  if (!existsSync(file)) {
    mkdirSync(DEMO_FOLDER, { recursive: true });
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}
