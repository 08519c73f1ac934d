import { inRepository } from '../repository';

/** Keeps Jest's compiled files outside of the temporary folder, which is removed after each run. */
export const JEST_CACHE = `--cacheDirectory=${inRepository('.cache/jest')}`;
