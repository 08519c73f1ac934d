import type { Provider } from 'oidc-provider';
import type { DemoStatistics } from './DemoStatistics';
import type { DemoStore } from './DemoStore';
import type { FaultSwitch } from './faults';
import { readBody } from './requestBody';

/** `GET /stats`, always, and `/admin/…` only if a test enabled it, because it lets anyone break the provider. */
export function registerTestEndpoints(
  provider: Provider,
  options: {
    statistics: DemoStatistics;
    faults: FaultSwitch;
    store: DemoStore;
    admin: boolean;
  },
) {
  const { statistics, faults, store, admin } = options;

  provider.use(async (ctx, next) => {
    const route = `${ctx.method} ${ctx.path}`;
    if (route === 'GET /stats') {
      ctx.set('Cache-Control', 'no-store');
      ctx.body = statistics.counts;
    } else if (admin && route === 'PUT /admin/faults') {
      faults.set(JSON.parse(await readBody(ctx.req)));
      ctx.body = faults.faults;
    } else if (admin && route === 'DELETE /admin/faults') {
      faults.set({});
      ctx.status = 204;
    } else if (admin && route === 'POST /admin/revocations') {
      ctx.body = { revoked: revokeGrants(store) };
    } else {
      await next();
    }
  });
}

/** Ends every grant with its tokens, like an administrator of the provider. */
export function revokeGrants(store: DemoStore): number {
  const families = new Set(
    ['AccessToken', 'RefreshToken']
      .flatMap(model => store.find(model, () => true))
      .flatMap(({ grantId }) => grantId ?? []),
  );
  families.forEach(grantId => store.deleteFamily(grantId));
  return families.size;
}
