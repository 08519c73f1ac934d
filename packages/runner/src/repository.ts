import { resolve } from 'node:path';

/** The path of a file or folder, given from the root of the repository. */
export function inRepository(...path: string[]): string {
  // eslint-disable-next-line no-restricted-syntax -- this package runs from its sources only
  return resolve(__dirname, '../../..', ...path);
}
