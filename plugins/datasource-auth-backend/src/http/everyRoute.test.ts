import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Router } from 'express';
import { everyRoute } from './__testUtils__/everyRoute';

/** Dependencies of the routers; none is called before there is a request. */
const OPTIONS = {
  callbackUrl: 'https://backstage.example.com/callback',
  startUrl: 'https://backstage.example.com/start',
  baseUrl: 'https://backstage.example.com/api/datasource-auth',
};

/** One router per file that creates one. Files are found automatically, so a new one needs no line here. */
function routers(): Router[] {
  const src = join(__dirname, '..');
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap(file => {
      const path = join(src, file);
      const text = readFileSync(path, 'utf8');
      return [...text.matchAll(/^export function (create\w+Router)\(/gm)].map(
        ([, name]) => jest.requireActual(path)[name](OPTIONS),
      );
    });
}

interface Route {
  path: string | string[];
  methods: Record<string, boolean>;
}

/** `METHOD /path` as in the description. */
function routesOf(router: Router): string[] {
  const routes = router.stack.flatMap(
    layer => (layer.route as unknown as Route | undefined) ?? [],
  );
  return routes.flatMap(({ path: paths, methods }) =>
    [paths].flat().flatMap(path =>
      Object.keys(methods)
        // HEAD is refused where it is named, and otherwise as GET.
        .filter(method => method !== 'head')
        .map(
          method =>
            `${method.toUpperCase()} ${path.replace(/:(\w+)/g, '{$1}')}`,
        ),
    ),
  );
}

describe('the description of the HTTP API', () => {
  it('lists exactly the routes that are served, except those for browsers', () => {
    const served = routers().flatMap(routesOf);
    expect(served.length).toBeGreaterThan(20);
    // The gateway is a middleware: its path is the rest of the URL.
    const [gateway, rest] = [true, false].map(wanted =>
      everyRoute().filter(route => route.includes('/gateway/') === wanted),
    );
    expect(rest).toEqual([...served].sort());
    expect(gateway).toHaveLength(5);
  });
});
