/**
 * A real authorization server and a protected API, for the demo and for tests.
 *
 * @packageDocumentation
 */
export { createDemoProvider, type DemoProvider } from './createDemoProvider';
export type { DemoProviderOptions } from './DemoProviderOptions';
export { demoAccounts, type DemoAccount } from './demoAccounts';
export { demoClients, type DemoClient } from './demoClients';
export type { DemoCounts, IssuedToken } from './DemoStatistics';
export type { DemoFaults } from './faults';
export { DemoPerson } from './DemoPerson';
export { LeakDetector } from './leaks';
export { DEMO_TENANT } from './tenants';
export { tokenHash } from './tokenHash';
