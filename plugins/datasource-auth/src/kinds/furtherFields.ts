import { Field } from './Field';

/** Fields of a further request. Their IDs start with the prefix. */
export function furtherFields<Prefix extends string, Path extends string>(
  prefix: Prefix,
  path: Path,
) {
  const field = <Member extends string, F extends Omit<Field, 'path'>>(
    member: Member,
    rest: F,
  ) => ({ path: `${path}.${member}` as const, ...rest });
  const fields = {
    Url: field('url', { kind: 'url', help: true }),
    Method: field('method', {
      kind: 'choice',
      options: ['POST', 'GET'],
      fallback: 'POST',
    }),
    ContentType: field('contentType', {
      kind: 'choice',
      options: ['form', 'json', 'query'],
      fallback: 'form',
    }),
    Params: field('params', { kind: 'values', help: true }),
    Query: field('query', { kind: 'values' }),
    Headers: field('headers', { kind: 'values' }),
    Authorization: field('authorization', { kind: 'text', help: true }),
    Body: field('body', { kind: 'json', help: true }),
  } as const;
  return Object.fromEntries(
    Object.entries(fields).map(([id, spec]) => [`${prefix}${id}`, spec]),
  ) as {
    [I in keyof typeof fields as `${Prefix}${I}`]: (typeof fields)[I];
  };
}
