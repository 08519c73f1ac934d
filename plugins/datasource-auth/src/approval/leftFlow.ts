import { tabMemory } from './tabMemory';

/** The connect flow that the user left for the provider in the same tab. */
export interface LeftFlow {
  authorizationId: string;
  /** ID of its preset; absent for an API without one. */
  provider?: string;
}

const memory = tabMemory('datasource-auth-connect');

/** Remembers which flow to return to, because the attempt doesn't say which preset its form is from. */
export function rememberFlow(flow: LeftFlow): void {
  memory.put(JSON.stringify(flow));
}

/** Returns the flow that the user left with this attempt, if any. */
export function flowOf(authorizationId: string): LeftFlow | undefined {
  try {
    const flow: LeftFlow = JSON.parse(memory.get() ?? '{}');
    return flow.authorizationId === authorizationId ? flow : undefined;
  } catch {
    return undefined;
  }
}
