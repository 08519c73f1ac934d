/** "jane" of `user:default/jane`: how a person stands in a sentence. */
export function personName(entityRef: string): string {
  return entityRef.slice(entityRef.lastIndexOf('/') + 1) || entityRef;
}
