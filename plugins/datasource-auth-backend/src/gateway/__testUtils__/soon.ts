/**
 * Returns whether a condition becomes true within three seconds: the other end of a connection notices events later.
 */
export async function soon(isSo: () => boolean): Promise<boolean> {
  for (let turn = 0; turn < 150 && !isSo(); turn++) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return isSo();
}
