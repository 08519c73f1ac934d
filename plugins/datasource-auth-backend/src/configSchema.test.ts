import { ConfigSchema, loadConfigSchema } from '@backstage/config-loader';
import { JsonObject } from '@backstage/types';
import { datasourceSettingsSchema } from 'backstage-plugin-datasource-auth-common/schemas';
import { z } from 'zod';

/** The places of secrets in a declaration, each with an example. */
const SECRETS: Array<{ path: string[]; content: unknown }> = secretsOf(
  z.toJSONSchema(datasourceSettingsSchema, {
    io: 'input',
    unrepresentable: 'any',
  }),
);

describe('the configuration schema', () => {
  let schema: ConfigSchema;
  beforeAll(async () => {
    schema = await loadConfigSchema({
      dependencies: ['backstage-plugin-datasource-auth-backend'],
    });
  });

  function textsSeenBy(visibility: 'frontend' | 'backend' | 'secret') {
    const declaration: JsonObject = { title: 'open' };
    for (const { path, content } of SECRETS) put(declaration, path, content);
    const data = {
      datasourceAuth: {
        encryption: { keys: [{ id: 'open', secret: 'secret key' }] },
        callbackUrl: 'open',
        datasources: { crm: declaration },
      },
    };
    return schema
      .process([{ context: 'test', data }], {
        visibility: [visibility],
        // Backstage's own schemas require an app and a backend, which don't matter here.
        ignoreSchemaErrors: true,
      })
      .flatMap(({ data: left }) => textsOf(left));
  }

  it('marks only the encryption keys and every secret that settings can hold', () => {
    expect(SECRETS.map(({ path }) => path.join('.')).sort()).toEqual([
      'api.headers.*',
      'api.query.*',
      'auth.assertion.claims.*',
      'auth.assertion.key',
      'auth.assertion.passphrase',
      'auth.authorize.params.*',
      'auth.basic.password',
      'auth.bearer',
      'auth.clientAssertion.claims.*',
      'auth.clientAssertion.key',
      'auth.clientAssertion.passphrase',
      'auth.clientSecret',
      'auth.headers.*',
      'auth.password',
      'auth.query.*',
      'auth.refresh.params.*',
      'auth.refresh.then.headers.*',
      'auth.refresh.then.params.*',
      'auth.refresh.then.query.*',
      'auth.token.headers.*',
      'auth.token.params.*',
      'auth.token.query.*',
      'auth.token.then.headers.*',
      'auth.token.then.params.*',
      'auth.token.then.query.*',
      'clientCertificate.key',
      'clientCertificate.passphrase',
      'instance.*',
    ]);
    expect(textsSeenBy('secret').sort()).toEqual(
      [
        'secret key',
        ...SECRETS.map(({ path }) => `secret ${path.join('.')}`),
      ].sort(),
    );
    expect(new Set(textsSeenBy('backend'))).toEqual(new Set(['open']));
  });

  it('hides everything from browsers', () => {
    expect(textsSeenBy('frontend')).toEqual([]);
  });
});

/** Finds secrets as `secretSchema` and `valueSchema` define them. */
function secretsOf(node: any, path: string[] = []): typeof SECRETS {
  const text = `secret ${path.join('.')}`;
  const members = (node.anyOf ?? []).map((each: any) => each.properties ?? {});
  if (members.some((each: any) => each.secret)) {
    return [{ path, content: { secret: true, value: text } }];
  }
  if (members.some((each: any) => each.set)) return [{ path, content: text }];
  const options = node.oneOf ?? node.anyOf ?? [];
  const found = options.flatMap((option: any) => secretsOf(option, path));
  return [
    ...new Map<string, (typeof SECRETS)[number]>(
      found.map((each: any) => [each.path.join('.'), each]),
    ).values(),
    ...Object.entries(node.properties ?? {}).flatMap(([key, member]) =>
      secretsOf(member, [...path, key]),
    ),
    ...(node.additionalProperties
      ? secretsOf(node.additionalProperties, [...path, '*'])
      : []),
  ];
}

function put(target: JsonObject, [key, ...rest]: string[], content: any) {
  if (rest.length === 0) {
    target[key] = content;
    return;
  }
  target[key] ??= {};
  put(target[key] as JsonObject, rest, content);
}

function textsOf(node: unknown): string[] {
  if (typeof node === 'string') return [node];
  if (typeof node !== 'object' || node === null) return [];
  return Object.values(node).flatMap(textsOf);
}
