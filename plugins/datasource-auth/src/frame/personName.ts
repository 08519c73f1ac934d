/** Returns the name of a user for a sentence: "jane" for `user:default/jane`. */
export function personName(entityRef: string): string {
  return entityRef.slice(entityRef.lastIndexOf('/') + 1) || entityRef;
}
