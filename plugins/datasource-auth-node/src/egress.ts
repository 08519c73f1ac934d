/**
 * The rules about destinations of calls, shared by the packages of this suite. Not meant for others.
 *
 * @packageDocumentation
 */
export { DestinationRules } from './egress/DestinationRules';
export {
  EgressBlockedError,
  type EgressCode,
  EgressError,
} from './egress/EgressError';
export {
  guardedConnector,
  type OnConnect,
  type Resolve,
} from './egress/guardedConnector';
export { HostRules } from './egress/HostRules';
