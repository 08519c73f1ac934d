import { ProviderContext } from '../settings/ResolvedSettings';

/** Returns the context of a refresh, which may have its own scopes and client authentication. */
export function refreshContext(context: ProviderContext): ProviderContext {
  const { auth } = context;
  const { clientAuthentication, scopes } = auth.refresh ?? {};
  return {
    ...context,
    auth: {
      ...auth,
      clientAuthentication: clientAuthentication ?? auth.clientAuthentication,
      scopes: scopes ?? auth.scopes,
    },
  };
}
