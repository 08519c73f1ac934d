import { createOpenApiDocument } from '../openapi';

/** What is served without being in the description: for browsers, which get pages, and the descriptions themselves. */
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

/** Every route there is. */
export function everyRoute(): string[] {
  return [...describedRoutes(), ...BESIDE_DESCRIPTION].sort();
}
