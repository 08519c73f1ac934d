import { Field } from './Field';

/** Fields below one path, by the rest of their ID. */
type Members = Record<string, Omit<Field, 'path'> & { member: string }>;

/** Returns fields of settings that occur at several paths. Their IDs start with the prefix. */
export function prefixedFields<
  Prefix extends string,
  Path extends string,
  const M extends Members,
>(prefix: Prefix, path: Path, members: M) {
  return Object.fromEntries(
    Object.entries(members).map(([id, { member, ...rest }]) => [
      `${prefix}${id}`,
      { path: `${path}.${member}`, ...rest },
    ]),
  ) as {
    [I in keyof M & string as `${Prefix}${I}`]: Omit<M[I], 'member'> & {
      path: `${Path}.${M[I]['member']}`;
    };
  };
}
