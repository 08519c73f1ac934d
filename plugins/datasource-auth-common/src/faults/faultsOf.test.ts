import { z } from 'zod';
import { authorizationCreateSchema } from '../api/authorizations';
import {
  datasourceListQuerySchema,
  datasourceWriteSchema,
} from '../api/datasources';
import { tokenRequestSchema } from '../api/tokens';
import { authorizationRequestCreateSchema } from '../authorizationRequests';
import { issuerImportSchema } from '../issuerProposal';
import { openApiImportSchema } from '../openApiProposal';
import { datasourceSettingsSchema } from '../settings';
import { faultText } from './Fault';
import { faultsOf } from './faultsOf';

const english = (schema: z.ZodType, input: unknown) => {
  const { error } = schema.safeParse(input);
  return Object.fromEntries(
    Object.entries(error ? faultsOf(error, input) : {}).map(([path, fault]) => [
      path,
      faultText(fault),
    ]),
  );
};

const everyType = z.strictObject({
  text: z.string().max(3),
  long: z.string().min(2),
  number: z.number().min(1).max(9),
  share: z.number().positive().lt(1),
  whole: z.number().int(),
  flag: z.boolean(),
  list: z.array(z.string()).min(2).max(3),
  one: z.array(z.string()).min(1),
  object: z.object({}),
  record: z.record(z.string().min(2), z.string()),
  kind: z.enum(['a', 'b']),
  only: z.literal('x'),
  date: z.iso.date(),
  uuid: z.uuid(),
  pattern: z.string().regex(/^a$/),
  union: z.union([z.object({ deep: z.string() }), z.array(z.string())]),
});

describe('faultsOf', () => {
  it('has a text of its own for each kind of value', () => {
    expect(
      english(everyType, {
        text: 'abcd',
        long: 'a',
        number: 10,
        share: 0,
        whole: 1.5,
        flag: 'yes',
        list: ['a'],
        one: [],
        object: 1,
        record: { a: 'x' },
        kind: 'c',
        only: 'y',
        date: 'today',
        uuid: '1',
        pattern: 'b',
        union: { deep: 1 },
        extra: 1,
      }),
    ).toEqual({
      text: 'Enter at most 3 characters.',
      long: 'Enter at least 2 characters.',
      number: 'Enter 9 or less.',
      share: 'Enter more than 0.',
      whole: 'Enter a whole number.',
      flag: 'Enter true or false.',
      list: 'Enter at least 2 items.',
      one: 'Enter at least 1 item.',
      object: 'Enter an object.',
      'record.a': 'Enter at least 2 characters.',
      kind: 'Enter one of: a, b.',
      only: 'Enter x.',
      date: 'Enter a date, for example: 2030-01-31.',
      uuid: 'Enter a UUID.',
      pattern: "This value doesn't have the expected format.",
      union: 'Enter a text.',
      '': "Remove unknown fields: 'extra'.",
    });
  });

  it('asks for a value that is missing, whatever its type', () => {
    const { kind, only, ...missing } = english(everyType, {});
    expect(new Set(Object.values(missing))).toEqual(
      new Set(['Enter a value.']),
    );
    expect([kind, only]).toEqual(['Enter one of: a, b.', 'Enter x.']);
  });

  it("prefers a schema's own text, with its values", () => {
    expect(
      english(datasourceSettingsSchema, {
        name: 'A',
        auth: {
          grantType: 'client_credentials',
          token: { headers: { Host: 'evil' }, params: { scope: 'x' } },
          scopes: ['a b'],
        },
      }),
    ).toEqual({
      name: 'Use 1 to 63 lowercase letters, digits, and dashes. Start and end with a letter or digit.',
      'auth.token.headers.Host':
        "Backstage sets the header 'Host' itself. Remove it from the extra headers.",
      'auth.token.params.scope':
        "Backstage sets 'scope' itself. Remove it from the extra parameters.",
      'auth.scopes.0':
        'Enter scopes without spaces, quotes, backslashes, or non-ASCII characters.',
    });
  });

  it('lists the grants and kinds to choose from', () => {
    const auth = (part: object) =>
      Object.values(
        english(datasourceSettingsSchema, { name: 'crm', auth: part }),
      );
    expect(auth({ grantType: 'implicit' })).toEqual([
      'Enter one of: authorization_code, client_credentials, jwt_bearer, password.',
    ]);
    expect(auth({ type: 'magic' })).toEqual([
      'Enter one of: oauth2, static, jwt, none.',
    ]);
    expect(
      english(datasourceSettingsSchema, {
        ...{ name: 'crm', subjects: 'everyone', senderConstraint: 'rope' },
        auth: { grantType: 'client_credentials' },
      }),
    ).toEqual({
      subjects: 'Enter one of: service, user, both.',
      senderConstraint: 'Enter one of: none, mtls, dpop.',
    });
  });
});

/** All texts of the checks in a schema, except of choices: `oneOf` lists them from the issue itself. */
function textsOf(schema: z.core.$ZodType, seen = new Set<unknown>()): string[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const { def } = schema._zod;
  const isChoice = def.type === 'enum' || 'discriminator' in def;
  const own = [
    ...(isChoice ? [] : [def]),
    ...(def.checks ?? []).map(check => check._zod.def),
  ];
  const texts = own.flatMap(part => {
    const said = (part.error as ((issue: object) => unknown) | undefined)?.({});
    return typeof said === 'string' ? [said] : [];
  });
  const parts = Object.values(def).flatMap(value =>
    typeof value === 'object' && value !== null
      ? [value, ...Object.values(value as object)]
      : [],
  );
  return [
    ...texts,
    ...parts
      .filter(
        (part): part is z.core.$ZodType => part instanceof z.core.$ZodType,
      )
      .flatMap(part => textsOf(part, seen)),
  ];
}

it('finds the texts of a schema', () => {
  const foreign = z.array(z.object({ a: z.string().min(1, 'Enter a.') }));
  expect(textsOf(foreign.optional())).toEqual(['Enter a.']);
  expect(textsOf(datasourceSettingsSchema).length).toBeGreaterThan(20);
});

describe.each(
  Object.entries<z.ZodType>({
    datasourceSettingsSchema,
    datasourceWriteSchema,
    datasourceListQuerySchema,
    authorizationCreateSchema,
    authorizationRequestCreateSchema,
    issuerImportSchema,
    openApiImportSchema,
    tokenRequestSchema,
  }),
)('%s', (_, schema) => {
  it('has only texts that can be translated', () => {
    const issue = (message: string) =>
      new z.core.$ZodRealError([
        { code: 'custom', path: ['x'], message, input: 1 },
      ] as z.core.$ZodIssue[]);
    const foreign = textsOf(schema).filter(
      text => faultsOf(issue(text), { x: 1 }).x.code === 'fault.unsupported',
    );
    expect(foreign).toEqual([]);
  });
});
