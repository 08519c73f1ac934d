import { resolve } from 'node:path';

/** Returns the path of a file or folder, relative to the root of the repository. */
export function inRepository(...path: string[]): string {
  // eslint-disable-next-line no-restricted-syntax -- this package runs from its sources only
  return resolve(__dirname, '../../..', ...path);
}
