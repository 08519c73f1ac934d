import { authorizationCreateSchema, completionSchema } from './authorizations';

const SETTINGS = { name: 'crm', auth: { grantType: 'password' } };

const accepts = (
  schema: { safeParse(value: unknown): { success: boolean } },
  value: unknown,
) => schema.safeParse(value).success;

describe('the schema of an authorization attempt', () => {
  it.each([
    [{ settings: SETTINGS }, true],
    [{ datasource: 'crm' }, true],
    [{ datasource: 'crm', settings: SETTINGS }, true],
    [{ datasource: 'crm', commit: true }, true],
    [{}, false],
    [{ commit: true }, false],
    [{ datasource: 'crm', settings: SETTINGS, commit: true }, false],
    [{ datasource: 'crm', display: 'iframe' }, false],
    [{ datasource: 'crm', redirectUri: 'https://evil.example' }, false],
  ])('%j: %s', (body, expected) => {
    expect(accepts(authorizationCreateSchema, body)).toBe(expected);
  });

  it('opens a window unless the request asks for the same tab', () => {
    expect(authorizationCreateSchema.parse({ datasource: 'crm' }).display).toBe(
      'popup',
    );
  });

  it('completes with a one-time value of plausible length', () => {
    expect(accepts(completionSchema, { completion: 'x'.repeat(43) })).toBe(
      true,
    );
    expect(accepts(completionSchema, { completion: 'short' })).toBe(false);
    expect(accepts(completionSchema, { completion: 'x'.repeat(201) })).toBe(
      false,
    );
  });
});
