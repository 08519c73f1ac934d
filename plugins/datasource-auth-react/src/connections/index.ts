export { ConnectAccount, type ConnectAccountProps } from './ConnectAccount';
export { ConnectPrompt, type ConnectPromptProps } from './ConnectPrompt';
export { datasourceAuthRouteRef } from './datasourceAuthRouteRef';
export { TermsList, type TermsListProps } from './TermsList';
export {
  type AccountToConfirm,
  type ConnectAttempt,
  type Connecting,
  useConnectAttempt,
} from './useConnectAttempt';
export {
  type MyConnection,
  type MyConnectionState,
  useConnection,
} from './useConnection';
export { useConnections } from './useConnections';
