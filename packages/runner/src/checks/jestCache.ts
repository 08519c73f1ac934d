import { inRepository } from '../repository';

/** Keeps what Jest compiled out of the temporary folder, which is removed after each run. */
export const JEST_CACHE = `--cacheDirectory=${inRepository('.cache/jest')}`;
