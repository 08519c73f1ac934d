import { prefixedFields } from './prefixedFields';

/** Fields of a further request. Their IDs start with the prefix. */
export function furtherFields<Prefix extends string, Path extends string>(
  prefix: Prefix,
  path: Path,
) {
  return prefixedFields(prefix, path, {
    Url: { member: 'url', kind: 'url', help: true },
    Method: {
      member: 'method',
      kind: 'choice',
      options: ['POST', 'GET'],
      fallback: 'POST',
    },
    ContentType: {
      member: 'contentType',
      kind: 'choice',
      options: ['form', 'json', 'query'],
      fallback: 'form',
    },
    Params: { member: 'params', kind: 'values', help: true },
    Query: { member: 'query', kind: 'values' },
    Headers: { member: 'headers', kind: 'values' },
    Authorization: { member: 'authorization', kind: 'text', help: true },
    Body: { member: 'body', kind: 'json', help: true },
  });
}
