import { tokenRequestSchema } from './tokens';

const accepts = (
  schema: { safeParse(value: unknown): { success: boolean } },
  value: unknown,
) => schema.safeParse(value).success;

describe('the token call', () => {
  it.each([
    [{}, true],
    [{ minValiditySeconds: 60 }, true],
    [{ rejectedVersion: 'x' }, true],
    [{ rejectedToken: 'x' }, false],
    [{ minValiditySeconds: -1 }, false],
    [{ minValiditySeconds: 86_401 }, false],
    [{ minValiditySeconds: '60' }, false],
    [{ rejectedVersion: 'x'.repeat(201) }, false],
    [{ subject: 'user:default/jane' }, false],
  ])('%j: %s', (body, expected) => {
    expect(accepts(tokenRequestSchema, body)).toBe(expected);
  });
});
