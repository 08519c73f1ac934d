import {
  Connection,
  ConnectionList,
  ConnectionRefusal,
  ConnectionState,
} from 'backstage-plugin-datasource-auth-common';
import { type Loaded } from '../client';
import {
  ConnectAttempt,
  Connecting,
  useConnectAttempt,
} from './useConnectAttempt';
import { useConnections } from './useConnections';

/**
 * State of the user's own connection to a datasource. `unavailable`: people can't connect to it, or the user may not use
 * it. `refused`: the user can't connect to any datasource. While an attempt runs, its state.
 *
 * @public
 */
export type MyConnectionState =
  | { kind: 'loading' }
  | { kind: 'error'; error: Error }
  | { kind: 'unavailable' }
  | { kind: 'refused'; refusal: ConnectionRefusal }
  | { kind: ConnectionState; connection: Connection }
  | Exclude<ConnectAttempt, { kind: 'none' }>;

/**
 * The user's own connection to a datasource, and the way to connect.
 *
 * @public
 */
export interface MyConnection extends Connecting {
  /** Its state. */
  state: MyConnectionState;
  /** The connection as last loaded, also while an attempt runs. */
  connection?: Connection;
  /** Reloads it. */
  retry: () => void;
}

/**
 * Loads the user's own connection to a datasource, and connects it: at the provider in a new window, then with the
 * user's confirmation. Only the user can connect; the browser never sees a token.
 *
 * @example
 * ```ts
 * const { state, connect } = useConnection('jira');
 * if (state.kind === 'connected') return <MyIssues />;
 * ```
 *
 * @public
 */
export function useConnection(name: string): MyConnection {
  const connections = useConnections();
  const { connection, state } = connectionStateOf(name, connections);
  const connecting = useConnectAttempt(name, {
    onConnected: connections.retry,
    onOutdated: connections.retry,
    entered: connection?.form !== undefined,
  });
  const { attempt } = connecting;
  return {
    ...connecting,
    connection,
    retry: connections.retry,
    state: attempt.kind === 'none' ? state : attempt,
  };
}

/** Returns the state of the user's own connection to a datasource, from the list of all. */
export function connectionStateOf(
  name: string,
  { value, error }: Pick<Loaded<ConnectionList>, 'value' | 'error'>,
): Pick<MyConnection, 'connection' | 'state'> {
  const connection = value?.items.find(({ datasource }) => datasource === name);
  const of = (state: MyConnectionState) => ({ connection, state });
  if (error) return of({ kind: 'error', error });
  if (!value) return of({ kind: 'loading' });
  if (connection && (connection.state === 'connected' || !value.refusal))
    return of({ kind: connection.state, connection });
  if (value.refusal) return of({ kind: 'refused', refusal: value.refusal });
  return of({ kind: 'unavailable' });
}
