/**
 * The processes of the demo, for the browser tests too.
 *
 * @packageDocumentation
 */
export { BackstageClient, startBackstage } from './processes/backstage';
export { Child } from './processes/Child';
export { freePort } from './processes/ports';
