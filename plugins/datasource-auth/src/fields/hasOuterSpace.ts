/** Returns whether a value starts or ends with a space, which is often copied by mistake. */
export function hasOuterSpace(value: string): boolean {
  return value !== value.trim();
}
