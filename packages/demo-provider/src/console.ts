import type { Provider } from 'oidc-provider';
import { consolePage } from './consolePage';
import { showPage } from './pages';
import type { RegisteredClients } from './RegisteredClients';
import { readForm } from './requestBody';
import { DEMO_TENANT } from './tenants';

/**
 * `/console`, like the one of a real provider: the tenant, the clients with their secrets, the API key, and the
 * redirect URIs to change. It has no access control, so it responds only under the provider's own address.
 */
export function registerConsole(
  provider: Provider,
  options: { clients: RegisteredClients; apiKey: string },
) {
  const { clients, apiKey } = options;
  const { origin, host } = new URL(provider.issuer);

  provider.use(async (ctx, next) => {
    if (ctx.path !== '/console' || ctx.host !== host) {
      await next();
      return;
    }
    let result: { saved: string } | { failed: string } | undefined;
    if (ctx.method === 'POST') {
      // A form of another site must not change anything.
      if (ctx.get('origin') !== origin) {
        ctx.status = 403;
        return;
      }
      const form = await readForm(ctx.req);
      const id = form.get('client') ?? '';
      const uris = (form.get('redirectUris') ?? '').split(/\s+/);
      try {
        clients.setRedirectUris(id, uris.filter(Boolean));
        result = { saved: id };
      } catch (error) {
        ctx.status = 422;
        result = { failed: (error as Error).message };
      }
    }
    showPage(
      ctx,
      consolePage({
        ...{ clients: clients.list(), apiKey, tenant: DEMO_TENANT, result },
      }),
    );
  });
}
