import { GRANTS_AND_KINDS } from '../kinds/descriptors';
import {
  credentialActionSchema,
  datasourceListQuerySchema,
  datasourceWriteSchema,
} from './datasources';

const ID = '3f2a7f0e-0a52-4a0e-9a39-3a6b8a2ad3a1';
const SETTINGS = { name: 'crm', auth: { grantType: 'password' } };

const accepts = (
  schema: { safeParse(value: unknown): { success: boolean } },
  value: unknown,
) => schema.safeParse(value).success;

describe('the credential action of a save', () => {
  it('S0.15, S0.21 keeps the credential by default', () => {
    expect(datasourceWriteSchema.parse(SETTINGS).credential).toEqual({
      action: 'keep',
    });
  });

  it.each([
    [{ action: 'keep' }, true],
    [{ action: 'clear' }, true],
    [{ action: 'clear', revoke: true }, true],
    [{ action: 'replace', authorizationId: ID }, true],
    [{ action: 'replace' }, false],
    [{ action: 'replace', authorizationId: 'not-a-uuid' }, false],
    [{ action: 'keep', revoke: true }, false],
    [{ action: 'clear', authorizationId: ID }, false],
    [{ action: 'steal' }, false],
    [{}, false],
  ])('%j: %s', (action, expected) => {
    expect(accepts(credentialActionSchema, action)).toBe(expected);
  });

  it('validates a write against the rules for settings, including response fields', () => {
    const write = (response: object) =>
      accepts(datasourceWriteSchema, {
        ...SETTINGS,
        auth: { ...SETTINGS.auth, response },
      });
    expect(write({ accessToken: 'data.key' })).toBe(true);
    expect(write({ accessToken: 'data.key', scope: 'data.key' })).toBe(false);
    expect(accepts(datasourceWriteSchema, { ...SETTINGS, colour: 'red' })).toBe(
      false,
    );
    expect(accepts(datasourceWriteSchema, { ...SETTINGS, name: 'new' })).toBe(
      false,
    );
  });
});

describe('the list query', () => {
  it('defaults to 50 entries and caps the limit at 200', () => {
    expect(datasourceListQuerySchema.parse({}).limit).toBe(50);
    expect(datasourceListQuerySchema.parse({ limit: '200' }).limit).toBe(200);
    for (const limit of ['0', '201', '1.5', 'many']) {
      expect(accepts(datasourceListQuerySchema, { limit })).toBe(false);
    }
  });

  it.each(GRANTS_AND_KINDS)(
    'filters by the way %s, alone or in a list',
    way => {
      for (const list of [way, `${way},client_credentials`, `,${way}`]) {
        expect(accepts(datasourceListQuerySchema, { way: list })).toBe(true);
      }
    },
  );

  it.each(['magic', 'oauth2', 'static,magic', 'static jwt', 'constructor'])(
    'lists the ways instead of accepting %j',
    way => {
      expect(
        datasourceListQuerySchema.safeParse({ way }).error?.issues,
      ).toMatchObject([
        {
          path: ['way'],
          message:
            'Enter any of authorization_code, client_credentials, jwt_bearer, password, static, jwt, none, comma-separated.',
        },
      ]);
    },
  );
});
