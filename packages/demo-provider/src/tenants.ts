import type { Provider } from 'oidc-provider';
import { failurePage, showPage } from './pages';

/** ID of the demo provider's only tenant. */
export const DEMO_TENANT = 'acme';

/** Serves each path also below `/tenants/acme`, like a provider with one path per customer. Other tenants don't exist. */
export function registerTenants(provider: Provider) {
  provider.use(async (ctx, next) => {
    const [, tenant, rest] = /^\/tenants\/([^/]+)(\/.*)$/.exec(ctx.path) ?? [];
    if (tenant === undefined || tenant === DEMO_TENANT) {
      if (rest) ctx.path = rest;
      await next();
      return;
    }
    const failure = {
      error: 'tenant_not_found',
      error_description: `Tenant '${tenant}' not found`,
    };
    ctx.status = 404;
    if (ctx.accepts('json', 'html') === 'html') {
      showPage(ctx, failurePage(failure));
    } else {
      ctx.body = failure;
    }
  });
}
