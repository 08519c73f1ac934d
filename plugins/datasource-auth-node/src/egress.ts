/**
 * The destination rules, shared by the packages of this suite. They can change in any release.
 *
 * @packageDocumentation
 */
export { DestinationRules } from './egress/DestinationRules';
export {
  EgressBlockedError,
  type EgressCode,
  EgressError,
} from './egress/EgressError';
export type {
  ClientCertificate,
  OnConnect,
  Resolve,
} from './egress/guardedConnector';
export {
  guardedDispatcher,
  type ProxySettings,
  readProxies,
} from './egress/guardedDispatcher';
export { HostRules, normalizeHost } from './egress/HostRules';
