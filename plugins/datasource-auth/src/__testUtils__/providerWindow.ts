/** Replaces the browser's windows and forms, which jsdom doesn't have. */
export function fakeProviderWindow(options: { blocked?: boolean } = {}) {
  const popup = {
    closed: false,
    opener: window as unknown,
    document: { title: '', body: { textContent: '' } },
    close: jest.fn(() => {
      popup.closed = true;
    }),
  };
  const open = jest
    .spyOn(window, 'open')
    .mockReturnValue(options.blocked ? null : (popup as unknown as Window));
  const submitted: {
    action: string;
    target: string;
    ticket: string;
    method: string;
  }[] = [];
  jest
    .spyOn(HTMLFormElement.prototype, 'submit')
    .mockImplementation(function submit(this: HTMLFormElement) {
      submitted.push({
        action: this.action,
        target: this.target,
        method: this.method,
        ticket: (this.elements.namedItem('ticket') as HTMLInputElement).value,
      });
    });
  return { popup, open, submitted };
}
