import { JsonObject } from '@backstage/types';

/** The plugin that gets tokens. */
export const CONSUMER = 'bench-consumer';

/** Returns that many names of datasources, which sort before all others in a list. */
export function datasourceNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `a-${index}`);
}

/** Declares datasources of a provider by name, with client credentials, so that no person is needed. */
export function declared(names: string[], provider: string): JsonObject {
  return Object.fromEntries(
    names.map(name => [
      name,
      {
        title: `${name} of the bench`,
        baseUrl: `${provider}/api`,
        consumers: [CONSUMER],
        auth: {
          grantType: 'client_credentials',
          clientId: 'bench',
          clientSecret: 'bench-only-secret',
          token: { url: `${provider}/token` },
          scopes: ['read'],
        },
      },
    ]),
  );
}

/** The datasource to which people connect their accounts. */
export const PERSONAL = 'personal';

/** Declares such datasources, which plugins can also use as themselves. */
export function declaredForPeople(
  provider: string,
  names: string[] = [PERSONAL],
): JsonObject {
  return Object.fromEntries(
    names.map(name => [
      name,
      {
        baseUrl: `${provider}/api`,
        subjects: 'both',
        consumers: [CONSUMER],
        auth: {
          grantType: 'authorization_code',
          clientId: 'bench',
          clientSecret: 'bench-only-secret',
          authorize: { url: `${provider}/authorize` },
          token: { url: `${provider}/token` },
          scopes: ['read'],
        },
      },
    ]),
  );
}

/** Returns that many refs of people. */
export function people(count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `user:default/person-${index + 1}`,
  );
}

/** Configuration of the plugin with these declared datasources. */
export function configuration(datasources: JsonObject): JsonObject {
  return {
    app: { baseUrl: 'http://localhost:3000' },
    backend: { baseUrl: 'http://localhost:7007' },
    datasourceAuth: {
      encryption: {
        keys: [{ id: 'k1', secret: 'bench-only-secret-bench-only-secret' }],
      },
      access: { managers: ['user:default/manager'] },
      egress: { allow: ['localhost'], allowHttp: ['localhost'] },
      // No background refresh during a measurement.
      refresh: { sweep: { every: { hours: 1 } } },
      datasources,
    },
  };
}
