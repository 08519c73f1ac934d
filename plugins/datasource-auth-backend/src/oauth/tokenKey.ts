import { ProviderContext } from '../settings/ResolvedSettings';
import { createDpopKey } from '../signing/dpopProof';

/** Returns the context with the key that tokens are bound to. The first request of a credential creates it. */
export async function withTokenKey(
  context: ProviderContext,
): Promise<ProviderContext> {
  if (context.senderConstraint !== 'dpop' || context.dpopKey) return context;
  return { ...context, dpopKey: await createDpopKey() };
}
