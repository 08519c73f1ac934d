import { tokenRequestSchema } from './tokens';

const accepts = (
  schema: { safeParse(value: unknown): { success: boolean } },
  value: unknown,
) => schema.safeParse(value).success;

describe('the token call', () => {
  it.each([
    [{}, true],
    [{ minValiditySeconds: 60 }, true],
    [{ rejectedToken: 'x' }, true],
    [{ minValiditySeconds: -1 }, false],
    [{ minValiditySeconds: 86_401 }, false],
    [{ minValiditySeconds: '60' }, false],
    [{ rejectedToken: 'x'.repeat(20_001) }, false],
    [{ subject: 'user:default/jane' }, false],
  ])('%j: %s', (body, expected) => {
    expect(accepts(tokenRequestSchema, body)).toBe(expected);
  });
});
