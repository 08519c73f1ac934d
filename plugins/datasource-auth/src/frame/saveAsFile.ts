/** Saves a text as a file in the browser. */
export function saveAsFile(options: {
  name: string;
  type: string;
  text: string;
}): void {
  const { name, type, text } = options;
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has started reading it by then.
  setTimeout(() => URL.revokeObjectURL(url));
}
