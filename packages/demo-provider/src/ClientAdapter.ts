import type { AdapterPayload } from 'oidc-provider';
import type { RegisteredClients } from './RegisteredClients';
import type { DemoStore } from './DemoStore';
import { StoreAdapter } from './StoreAdapter';

/** Finds the clients as they are registered now. */
export class ClientAdapter extends StoreAdapter {
  readonly #clients: RegisteredClients;

  constructor(clients: RegisteredClients, store: DemoStore) {
    super('Client', store);
    this.#clients = clients;
  }

  override async find(clientId: string): Promise<AdapterPayload | undefined> {
    const client = this.#clients.list().find(({ id }) => id === clientId);
    return (
      client && {
        client_id: client.id,
        client_secret: client.secret,
        client_name: client.name,
        grant_types: client.grants,
        response_types: client.grants.includes('authorization_code')
          ? ['code']
          : [],
        redirect_uris: client.redirectUris ?? [],
        scope: client.scope,
        token_endpoint_auth_method:
          client.authentication ?? 'client_secret_basic',
        ...(client.keys && { jwks: { keys: client.keys } }),
        dpop_bound_access_tokens: client.isDpopBound ?? false,
      }
    );
  }
}
