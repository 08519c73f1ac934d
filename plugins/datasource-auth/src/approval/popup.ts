function randomName(): string {
  // randomUUID exists on secure origins only, and Backstage is also run on plain http.
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `datasource-auth-${Array.from(bytes, byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('')}`;
}

/** A window for the provider, opened in the click and not yet anywhere. */
export interface ProviderWindow {
  name: string;
  close: () => void;
  /** A hint only: a provider's Cross-Origin-Opener-Policy makes an open window look closed. */
  seemsClosed: () => boolean;
}

/**
 * Opens the window for the provider. To be called in the click: later the browser blocks it. The window cannot reach
 * back: no page of the provider may navigate the Backstage tab.
 *
 * @returns undefined when the browser blocked it
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

/** Sends the ticket in the body of a form, so that it is in no address, history or access log. */
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
