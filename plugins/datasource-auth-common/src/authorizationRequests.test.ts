import {
  authorizationRequestCreateSchema,
  DEFAULT_REQUEST_HOURS,
  MAX_REQUEST_HOURS,
  requestRecipientSchema,
  requestSecretSchema,
} from './authorizationRequests';

const parse = (body: object) =>
  authorizationRequestCreateSchema.safeParse({ datasource: 'crm', ...body });

describe('a request that somebody authorize a datasource', () => {
  it.each([
    ['user:jane', 'user:default/jane'],
    ['User:Default/Jane', 'user:default/jane'],
    ['group:sales/emea.north', 'group:sales/emea.north'],
  ])('names its recipient in one spelling: %s', (written, ref) => {
    expect(requestRecipientSchema.parse(written)).toBe(ref);
  });

  it.each([
    'jane',
    'component:default/crm',
    'user:',
    'user:a/b/c',
    'user:default/jane\nuser:default/eve',
    `user:${'x'.repeat(64)}`,
  ])('is for a user or a group: %j', written => {
    expect(requestRecipientSchema.safeParse(written).success).toBe(false);
  });

  it('has a link with a secret of 256 bits, and nothing else is one', () => {
    const is = (text: string) => requestSecretSchema.safeParse(text).success;
    expect(is(`${'aZ09_-'.repeat(7)}x`)).toBe(true);
    for (const length of [0, 42, 44])
      expect(is('x'.repeat(length))).toBe(false);
    expect(is(`${'x'.repeat(42)}.`)).toBe(false);
  });

  it('lives for three days unless it says otherwise, and never longer than two weeks', () => {
    expect(parse({}).data?.validForHours).toBe(72);
    expect(DEFAULT_REQUEST_HOURS).toBe(72);
    expect(parse({ validForHours: 336 }).success).toBe(true);
    expect(parse({ validForHours: MAX_REQUEST_HOURS + 1 }).success).toBe(false);
    expect(parse({ validForHours: 0 }).success).toBe(false);
  });

  it('has a message of one line, and nothing that is not asked for', () => {
    expect(parse({ message: 'x'.repeat(500) }).success).toBe(true);
    expect(parse({ message: 'x'.repeat(501) }).success).toBe(false);
    expect(parse({ message: 'a\u0000b' }).success).toBe(false);
    expect(parse({ commit: true }).success).toBe(false);
    expect(parse({ settings: {} }).success).toBe(false);
  });
});
