import fc from 'fast-check';

/** An API description with its contents. */
export interface Description {
  document: Record<string, unknown>;
  /** Scheme, flow, and grant or the reason for none, for each flow in order. */
  written: Array<[string, string, string]>;
  /** Scopes that operations name, by scheme. */
  needed: Map<string, Set<string>>;
}

const GRANTS: Record<string, string> = {
  authorizationCode: 'authorization_code',
  clientCredentials: 'client_credentials',
  password: 'password',
  implicit: 'implicit',
  deviceAuthorization: 'device',
};

const SWAGGER_FLOWS: Record<string, string> = {
  accessCode: 'authorization_code',
  application: 'client_credentials',
  password: 'password',
  implicit: 'implicit',
};

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const key = fc.oneof(
  label,
  fc.constantFrom('a/b', 'a~b', 'a b', 'ä', '__proto__', 'constructor'),
);
const scope = fc.oneof(
  fc.stringMatching(/^[a-z]{1,6}[:.]?[a-z]{1,6}$/),
  fc.webUrl().filter(url => !/["\\,]/.test(url)),
);

const part = fc.oneof(
  label,
  label.map(name => `{${name}}`),
);
const path = fc.array(part, { maxLength: 3 }).map(parts => parts.join('/'));
const host = fc.oneof(
  label.map(name => `${name}.example`),
  label.map(name => `{${name}}.example`),
  fc.constant('blocked.example'),
);
const absolute = fc
  .tuple(fc.constantFrom('https', 'http'), host, path)
  .map(([scheme, name, rest]) => `${scheme}://${name}/${rest}`);
const address = fc.oneof(
  { weight: 5, arbitrary: absolute },
  { weight: 2, arbitrary: path.map(rest => `/${rest}`) },
  path,
  fc.constantFrom('', ' ', '//x.example/token', '{base}/token', 'https://'),
  fc.constantFrom('mailto:x', 'https://u:p@x.example', 'https://x.example/#'),
);

const scopes = fc
  .array(fc.tuple(scope, fc.string()), { maxLength: 4 })
  .map(entries => Object.fromEntries(entries));

const extensions = fc.dictionary(
  label.map(name => `x-${name}`),
  fc.jsonValue({ maxDepth: 1 }),
  { maxKeys: 2 },
);

const flowBody = fc
  .tuple(
    fc.record(
      {
        authorizationUrl: address,
        tokenUrl: address,
        refreshUrl: address,
        scopes,
      },
      { requiredKeys: [] },
    ),
    extensions,
  )
  .map(([body, more]): Record<string, unknown> => ({ ...more, ...body }));

const flows = fc.dictionary(fc.constantFrom(...Object.keys(GRANTS)), flowBody, {
  minKeys: 1,
  noNullPrototype: true,
});

const servers = fc.array(
  fc.record(
    {
      url: fc.oneof(
        absolute,
        path.map(rest => `/${rest}`),
      ),
      description: fc.string(),
      variables: fc.dictionary(
        label,
        fc.record({ default: label }, { requiredKeys: [] }),
        { maxKeys: 3, noNullPrototype: true },
      ),
    },
    { requiredKeys: ['url'] },
  ),
  { maxLength: 3 },
);

/** Security of operations: one scheme each, some with an alternative that doesn't count. */
const uses = fc.array(
  fc.tuple(fc.nat(), fc.array(scope, { maxLength: 3 }), fc.boolean()),
  { maxLength: 4 },
);

/** Generates OpenAPI 3.x or Swagger 2.0 documents with at least one `oauth2` scheme. */
export function anyDescription(): fc.Arbitrary<Description> {
  return fc.oneof(openApi3(), swagger2());
}

function openApi3(): fc.Arbitrary<Description> {
  return fc
    .record({
      version: fc.constantFrom('3.0.0', '3.0.3', '3.1.0', '3.2.0'),
      title: fc.string(),
      schemes: fc.uniqueArray(fc.tuple(key, flows, fc.boolean()), {
        minLength: 1,
        maxLength: 4,
        selector: ([name]) => name,
      }),
      servers,
      uses,
      more: extensions,
    })
    .map(({ version, title, schemes, uses: used, more, ...rest }) => {
      const securitySchemes: Array<[string, unknown]> = [];
      const shared: Array<[string, unknown]> = [];
      schemes.forEach(([name, body, referred], index) => {
        const scheme = { type: 'oauth2', flows: body };
        if (referred) shared.push([`s/${index}`, scheme]);
        securitySchemes.push([
          name,
          referred ? { $ref: `#/x-shared/s~1${index}` } : scheme,
        ]);
      });
      const names = schemes.map(([name]) => name);
      return {
        document: {
          ...more,
          openapi: version,
          info: { title },
          ...rest,
          components: { securitySchemes: Object.fromEntries(securitySchemes) },
          'x-shared': Object.fromEntries(shared),
          paths: pathsOf(used, names),
        },
        written: schemes.flatMap(([name, body]) =>
          Object.keys(body).map((flow): [string, string, string] => [
            name,
            flow,
            GRANTS[flow],
          ]),
        ),
        needed: neededBy(used, names),
      };
    });
}

function swagger2(): fc.Arbitrary<Description> {
  return fc
    .record({
      host: fc.option(label.map(name => `${name}.example`)),
      basePath: fc.option(path.map(rest => `/${rest}`)),
      schemes: fc.uniqueArray(
        fc.tuple(key, fc.constantFrom(...Object.keys(SWAGGER_FLOWS)), flowBody),
        { minLength: 1, maxLength: 4, selector: ([name]) => name },
      ),
      uses,
    })
    .map(({ schemes, uses: used, ...rest }) => {
      const names = schemes.map(([name]) => name);
      return {
        document: {
          swagger: '2.0',
          ...rest,
          securityDefinitions: Object.fromEntries(
            schemes.map(([name, flow, body]) => [
              name,
              { ...body, type: 'oauth2', flow },
            ]),
          ),
          paths: pathsOf(used, names),
        },
        written: schemes.map(([name, flow]): [string, string, string] => [
          name,
          flow,
          SWAGGER_FLOWS[flow],
        ]),
        needed: neededBy(used, names),
      };
    });
}

type Use = [scheme: number, scopes: string[], alternative: boolean];

function pathsOf(used: Use[], names: string[]) {
  return Object.fromEntries(
    used.map(([which, list, alternative], index) => {
      const name = names[which % names.length];
      const security = [Object.fromEntries([[name, list]])];
      if (alternative) security.push(Object.fromEntries([[name, ['more']]]));
      return [`/p${index}`, { get: { security } }];
    }),
  );
}

function neededBy(used: Use[], names: string[]) {
  const needed = new Map<string, Set<string>>();
  for (const [which, list] of used) {
    const name = names[which % names.length];
    needed.set(name, new Set([...(needed.get(name) ?? []), ...list]));
  }
  return needed;
}
