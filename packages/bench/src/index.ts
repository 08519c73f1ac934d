/**
 * Measures the hot paths; `make bench` runs it, and nothing imports it.
 *
 * @packageDocumentation
 */
export type { Finding } from './hotPaths/Finding';
export type { HotPath, BenchEnvironment } from './hotPaths/HotPath';
