import { datasourceNameSchema } from './names';

const fault = (name: unknown) =>
  datasourceNameSchema.safeParse(name).error?.issues[0].message;

describe('datasource names', () => {
  it.each(['a', '7', 'crm', 'sales-force-2', 'a--b', 'x'.repeat(63)])(
    'accepts %s',
    name => {
      expect(fault(name)).toBeUndefined();
    },
  );

  it.each([
    'CRM',
    '-crm',
    'crm-',
    'c_m',
    'c.m',
    'c m',
    'crm\n',
    'ä',
    'a/b',
    '..',
    'x'.repeat(64),
  ])('rejects %j and explains the format', name => {
    expect(fault(name)).toBe(
      'Use 1 to 63 lowercase letters, digits, and dashes. Start and end with a letter or digit.',
    );
  });

  it.each(['', undefined, null, 5])('rejects %j as a missing name', name => {
    expect(fault(name)).toBe('Enter a name.');
  });

  it.each(['new', 'admin', 'authorize', 'authorized'])(
    'reserves %s, which is a route of the page',
    name => {
      expect(fault(name)).toBe('This name is reserved. Choose another one.');
    },
  );
});
