import { faultsOf } from '../faults';
import { delegationCreateSchema } from './delegations';

const asked = {
  datasource: 'jira',
  purpose: 'Run 42 of "Onboard service"',
  context: { task: '42' },
};

const faults = (change: object) => {
  const input = { ...asked, ...change };
  const parsed = delegationCreateSchema.safeParse(input);
  return parsed.success
    ? []
    : Object.keys(faultsOf(parsed.error, input)).sort();
};

describe('N11: what a plugin asks a user for', () => {
  it('has a purpose and a context', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ until: 1_700_000_000_000 })).toEqual([]);
    expect(faults({ purpose: '' })).toEqual(['purpose']);
    expect(faults({ context: {} })).toEqual(['context']);
    expect(faults({ context: undefined })).toEqual(['context']);
  });

  it.each([
    ['a line break', 'Run\nApproved by security'],
    ['text that runs backwards', 'Run \u202e24'],
    ['more than fits on the page', 'x'.repeat(201)],
  ])("threats 46: doesn't mislead the user who reads it: %s", (_, text) => {
    expect(faults({ purpose: text })).toEqual(['purpose']);
    const value = text.length > 200 ? 'x'.repeat(301) : text;
    expect(faults({ context: { task: value } })).toEqual(['context.task']);
  });

  it('threats 29: has a limited context, without names of JavaScript itself', () => {
    const many = Object.fromEntries(
      Array.from({ length: 11 }, (_, index) => [`key${index}`, 'x']),
    );
    expect(faults({ context: many })).toEqual(['context']);
    const { context } = delegationCreateSchema.parse({
      ...asked,
      context: JSON.parse('{"__proto__":"x","task":"42"}'),
    });
    expect(Object.keys(context)).toEqual(['task']);
    expect(faults({ context: { constructor: {} } })).not.toEqual([]);
    expect(faults({ context: { task: 42 } })).toEqual(['context.task']);
  });
});
