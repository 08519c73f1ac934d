import type { Route } from '@playwright/test';

/**
 * Passes a request on, and changes the JSON of its response. A server may close an idle connection at the moment in
 * which the request is sent on it: then it is sent again on another one.
 */
export async function changeJson<T>(
  route: Route,
  change: (json: T) => object,
  options: { url?: string } = {},
) {
  const response = await route.fetch({ ...options, maxRetries: 2 });
  await route.fulfill({ response, json: change(await response.json()) });
}
