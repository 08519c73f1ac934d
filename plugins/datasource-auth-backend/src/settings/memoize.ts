/**
 * Works something out once for each object, and forgets it with the object. For what is asked again and again of a copy in
 * memory, which is replaced as a whole when something changes and never written to.
 */
export function memoize<K extends object, V>(
  work: (subject: K) => V,
): (subject: K) => V {
  const known = new WeakMap<K, { value: V }>();
  return subject => {
    let found = known.get(subject);
    if (!found) {
      found = { value: work(subject) };
      known.set(subject, found);
    }
    return found.value;
  };
}
