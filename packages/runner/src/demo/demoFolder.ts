import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { inRepository } from '../repository';

/** Where the demo keeps its database, its logs and its secret; git-ignored. */
export const DEMO_FOLDER = inRepository('.demo');

/** The secret that seals the demo's tokens, made once: another one would not open what the database holds. */
export function demoSecret(): string {
  const file = `${DEMO_FOLDER}/secret`;
  if (!existsSync(file)) {
    mkdirSync(DEMO_FOLDER, { recursive: true });
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}
