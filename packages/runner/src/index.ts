/**
 * Processes of the demo, also for the browser tests and the measurements.
 *
 * @packageDocumentation
 */
export { BackstageClient, startBackstage } from './processes/backstage';
export { Child } from './processes/Child';
export { cleaningUp, runProgram } from './processes/program';
export { freePort } from './processes/ports';
export { Postgres } from './processes/Postgres';
export {
  endWithUs,
  type TemporaryFolder,
  temporaryFolder,
} from './processes/watchdog';
export { inRepository } from './repository';
