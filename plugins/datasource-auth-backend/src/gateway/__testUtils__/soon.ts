/** Whether something becomes so within three seconds: other ends of connections see things a moment later. */
export async function soon(isSo: () => boolean): Promise<boolean> {
  for (let turn = 0; turn < 150 && !isSo(); turn++) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return isSo();
}
