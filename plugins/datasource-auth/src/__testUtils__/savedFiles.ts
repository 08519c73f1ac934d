/** Captures the files that the page saves. Restored with the other mocks. */
export function catchSavedFiles() {
  const files: { name: string; blob: Blob }[] = [];
  let blob: Blob | undefined;
  Object.assign(URL, {
    createObjectURL: (given: Blob) => {
      blob = given;
      return 'blob:saved';
    },
    revokeObjectURL: () => {},
  });
  jest
    .spyOn(HTMLAnchorElement.prototype, 'click')
    .mockImplementation(function click(this: HTMLAnchorElement) {
      if (blob && this.download) files.push({ name: this.download, blob });
    });
  return {
    files,
    text: ({ blob: saved }: { blob: Blob }) => saved.text(),
  };
}
