/**
 * Computes a value once per object and forgets it with the object. Use it for objects that are replaced as a whole and
 * never changed.
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
