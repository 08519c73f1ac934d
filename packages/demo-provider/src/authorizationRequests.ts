import type { Provider } from 'oidc-provider';
import { readForm } from './requestBody';

/**
 * Accepts requests that `oidc-provider` rejects but many providers accept:
 *
 * - A request for `offline_access` requires `prompt=consent`, or the scope is dropped (OpenID Connect Core
 *   section 11). Here it always leads to the consent page, once.
 * - A request by POST (section 3.1.2.1) is converted to the same request by GET. `oidc-provider` would
 *   require a session cookie without SameSite, which requires HTTPS.
 */
export function acceptLenientRequests(provider: Provider) {
  provider.use(async (ctx, next) => {
    if (ctx.path === '/authorize' && ctx.method === 'POST') {
      const form = await readForm(ctx.req);
      ctx.status = 303;
      ctx.redirect(`/authorize?${form}`);
      return;
    }
    if (ctx.path === '/authorize' && ctx.method === 'GET') {
      const { scope, prompt } = ctx.query;
      if (
        prompt === undefined &&
        typeof scope === 'string' &&
        scope.split(' ').includes('offline_access')
      ) {
        ctx.query = { ...ctx.query, prompt: 'consent' };
      }
    }
    await next();
  });
}
