import { createOpenApiDocument } from '../openapi';

/** Routes that aren't in the description: pages for browsers, and the descriptions themselves. */
const BESIDE_DESCRIPTION = [
  ...['GET /oauth/start', 'POST /oauth/start'],
  ...['GET /oauth/callback', 'POST /oauth/callback'],
  ...['GET /oauth/callback/{name}', 'POST /oauth/callback/{name}'],
  ...['GET /providers/schema.json', 'GET /openapi.json'],
];

/** Each operation of the OpenAPI document, as `METHOD /path`. */
function describedRoutes(): string[] {
  const { paths } = createOpenApiDocument('https://backstage.example.com') as {
    paths: Record<string, object>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
  );
}

/** All routes. */
export function everyRoute(): string[] {
  return [...describedRoutes(), ...BESIDE_DESCRIPTION].sort();
}
