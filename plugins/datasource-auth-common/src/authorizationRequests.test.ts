import {
  authorizationRequestCreateSchema,
  DEFAULT_REQUEST_HOURS,
  MAX_REQUEST_HOURS,
  requestRecipientSchema,
  requestSecretSchema,
} from './authorizationRequests';

const parse = (body: object) =>
  authorizationRequestCreateSchema.safeParse({ datasource: 'crm', ...body });

describe('the schema of an approval request', () => {
  it.each([
    ['user:jane', 'user:default/jane'],
    ['User:Default/Jane', 'user:default/jane'],
    ['group:sales/emea.north', 'group:sales/emea.north'],
  ])('normalizes the recipient %s', (written, ref) => {
    expect(requestRecipientSchema.parse(written)).toBe(ref);
  });

  it.each([
    'jane',
    'component:default/crm',
    'user:',
    'user:a/b/c',
    'user:default/jane\nuser:default/eve',
    `user:${'x'.repeat(64)}`,
  ])('is for a user or a group, not %j', written => {
    expect(requestRecipientSchema.safeParse(written).success).toBe(false);
  });

  it('has a link with a 256-bit secret, and rejects any other', () => {
    const is = (text: string) => requestSecretSchema.safeParse(text).success;
    expect(is(`${'aZ09_-'.repeat(7)}x`)).toBe(true);
    for (const length of [0, 42, 44])
      expect(is('x'.repeat(length))).toBe(false);
    expect(is(`${'x'.repeat(42)}.`)).toBe(false);
  });

  it('expires after three days by default, and after two weeks at most', () => {
    expect(parse({}).data?.validForHours).toBe(72);
    expect(DEFAULT_REQUEST_HOURS).toBe(72);
    expect(parse({ validForHours: 336 }).success).toBe(true);
    expect(parse({ validForHours: MAX_REQUEST_HOURS + 1 }).success).toBe(false);
    expect(parse({ validForHours: 0 }).success).toBe(false);
  });

  it('has a one-line message, and rejects unknown fields', () => {
    expect(parse({ message: 'x'.repeat(500) }).success).toBe(true);
    expect(parse({ message: 'x'.repeat(501) }).success).toBe(false);
    expect(parse({ message: 'a\u0000b' }).success).toBe(false);
    expect(parse({ commit: true }).success).toBe(false);
    expect(parse({ settings: {} }).success).toBe(false);
  });
});
