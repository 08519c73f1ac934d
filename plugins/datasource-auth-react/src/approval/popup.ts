function randomName(): string {
  // randomUUID requires a secure origin, but Backstage may run on plain HTTP.
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `datasource-auth-${Array.from(bytes, byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('')}`;
}

/**
 * A window for the provider, opened during the click and still empty.
 *
 * @public
 */
export interface ProviderWindow {
  /** Name of the window, as the target of a form. */
  name: string;
  /** Closes it. */
  close: () => void;
  /** Only a hint: a provider's Cross-Origin-Opener-Policy makes an open window look closed. */
  seemsClosed: () => boolean;
}

/**
 * Opens the window for the provider. Call it during the click: the browser blocks it later. The window has no opener,
 * so no provider page can navigate the Backstage tab.
 *
 * @returns undefined if the browser blocked it
 *
 * @public
 */
export function openProviderWindow(text: string): ProviderWindow | undefined {
  const name = randomName();
  const popup = window.open('', name, 'popup,width=640,height=780');
  if (!popup) return undefined;
  try {
    popup.document.title = text;
    popup.document.body.textContent = text;
    popup.opener = null;
  } catch {
    // A window without its first words is still the window.
  }
  return {
    name,
    close: () => popup.close(),
    seemsClosed: () => popup.closed,
  };
}

/**
 * Posts the ticket as form data, so that it isn't in any address, history, or access log.
 *
 * @public
 */
export function submitTicket(
  startUrl: string,
  ticket: string,
  target: string,
): void {
  const form = document.createElement('form');
  form.method = 'POST';
  form.action = startUrl;
  form.target = target;
  const input = document.createElement('input');
  input.type = 'hidden';
  input.name = 'ticket';
  input.value = ticket;
  form.appendChild(input);
  document.body.appendChild(form);
  form.submit();
  form.remove();
}
