/**
 * Measures the hot paths for `make bench`. Nothing imports this package.
 *
 * @packageDocumentation
 */
export type { Finding } from './hotPaths/Finding';
export type { HotPath, BenchEnvironment } from './hotPaths/HotPath';
