import type { z } from 'zod';
import { Fault, fault } from './Fault';
import { FAULTS } from './faultTexts';

type Issue = z.core.$ZodIssue;
type IssueOf<Code extends Issue['code']> = Extract<Issue, { code: Code }>;

/** The faults whose text a schema has as the message of a check. */
const BY_TEXT: ReadonlyMap<string, Fault> = new Map(
  Object.entries(FAULTS).map(([key, text]) => [
    text,
    { code: `fault.${key}` } as Fault,
  ]),
);

const BY_TYPE: Readonly<Record<string, Fault>> = {
  string: fault('fault.text'),
  number: fault('fault.number'),
  int: fault('fault.wholeNumber'),
  boolean: fault('fault.boolean'),
  array: fault('fault.list'),
  object: fault('fault.object'),
  record: fault('fault.object'),
};

const BY_FORMAT: Readonly<Record<string, Fault>> = {
  date: fault('fault.date'),
  datetime: fault('fault.dateTime'),
  uuid: fault('fault.uuid'),
  url: fault('fault.url'),
};

const quoted = (name: string) => `'${name.slice(0, 50)}'`;

const UNSUPPORTED = fault('fault.unsupported');

/** Every kind of issue, so that the compiler names one that a new zod adds. */
const BY_CODE: { [Code in Issue['code']]: (issue: IssueOf<Code>) => Fault } = {
  invalid_type: ({ expected }) => BY_TYPE[expected] ?? UNSUPPORTED,
  invalid_format: ({ format }) => BY_FORMAT[format] ?? fault('fault.format'),
  invalid_value: ({ values }) => choice(values),
  unrecognized_keys: ({ keys }) =>
    fault('fault.unknownKeys', { names: keys.map(quoted).join(', ') }),
  too_big: ({ origin, maximum, inclusive }) => {
    const limit = { maximum: Number(maximum) };
    if (origin === 'string') return fault('fault.tooLong', limit);
    if (origin === 'array') return fault('fault.tooMany', limit);
    return inclusive
      ? fault('fault.atMost', limit)
      : fault('fault.lessThan', limit);
  },
  too_small: ({ origin, minimum, inclusive }) => {
    const limit = { minimum: Number(minimum) };
    if (origin === 'string' && limit.minimum === 1)
      return fault('fault.missing');
    if (origin === 'string') return fault('fault.tooShort', limit);
    if (origin === 'array')
      return fault('fault.tooFew', { count: limit.minimum });
    return inclusive
      ? fault('fault.atLeast', limit)
      : fault('fault.moreThan', limit);
  },
  not_multiple_of: () => fault('fault.wholeNumber'),
  invalid_union: issue =>
    'options' in issue && issue.options
      ? choice(issue.options)
      : faultOfUnion(issue.errors),
  invalid_key: ({ issues: [first] }) => (first ? faultOf(first) : UNSUPPORTED),
  invalid_element: ({ issues: [first] }) =>
    first ? faultOf(first) : UNSUPPORTED,
  custom: () => UNSUPPORTED,
};

function choice(values: readonly unknown[]): Fault {
  const listed = values.map(String).join(', ');
  return values.length === 1
    ? fault('fault.onlyValue', { value: listed })
    : fault('fault.oneOf', { values: listed });
}

/** A value that has the type of one option has the faults of that option. */
function faultOfUnion(options: ReadonlyArray<readonly Issue[]>): Fault {
  const fitting = options.find(([first]) => first && first.path.length > 0);
  return fitting ? faultOf(fitting[0]) : UNSUPPORTED;
}

/** Returns the fault that an issue describes: one of our own, or one in place of zod's text. */
function faultOf(issue: Issue): Fault {
  const own = issue.code === 'custom' ? issue.params?.fault : undefined;
  const describe = BY_CODE[issue.code] as (issue: Issue) => Fault;
  return own ?? BY_TEXT.get(issue.message) ?? describe(issue);
}

/**
 * Returns the first fault of each dotted path.
 *
 * @public
 */
export function faultsOf(
  error: z.core.$ZodError,
  input: unknown,
): Record<string, Fault> {
  const faults: Record<string, Fault> = {};
  for (const issue of error.issues) {
    const isMissing =
      saysOnlyType(issue) && valueAt(input, issue.path) === undefined;
    faults[issue.path.map(String).join('.')] ??= isMissing
      ? fault('fault.missing')
      : faultOf(issue);
  }
  return faults;
}

/** Returns whether the fault of an issue doesn't fit a value that is missing: it names a type, and no choices. */
function saysOnlyType(issue: Issue): boolean {
  if (BY_TEXT.has(issue.message)) return false;
  if (issue.code === 'invalid_type') return true;
  return issue.code === 'invalid_union' && !('options' in issue);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input,
  );
}
