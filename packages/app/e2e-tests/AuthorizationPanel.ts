import type { Locator, Page } from '@playwright/test';

/** The panel with the status of the credential: in the editor, and on the page of a datasource. */
export class AuthorizationPanel {
  readonly #page: Page;
  readonly #panel: Locator;

  static on(page: Page): AuthorizationPanel {
    return new AuthorizationPanel(page);
  }

  private constructor(page: Page) {
    this.#page = page;
    this.#panel = page.getByRole('region', {
      name: /^(Authorization|Connection)$/,
    });
  }

  /** The status marker with exactly this text. */
  marker(
    state:
      | 'AUTHORIZED'
      | 'NOT AUTHORIZED'
      | 'NOT CONFIGURED'
      | 'ERROR'
      | 'Each person connects',
  ): Locator {
    return this.#panel.getByText(state, { exact: true });
  }

  get notSaved(): Locator {
    return this.#panel.getByText('Not saved', { exact: true });
  }

  text(text: string | RegExp): Locator {
    return this.#panel.getByText(text);
  }

  button(name: string | RegExp): Locator {
    return this.#panel.getByRole('button', { name });
  }

  /** Opens the provider's window from the editor, and returns it. */
  async getNewCredential(): Promise<Page> {
    const opened = this.#page.waitForEvent('popup');
    await this.button(/^(Get new credential|Try again)/).click();
    return opened;
  }

  async clearCredential() {
    await this.button('Clear credential…').click();
    await this.#page
      .getByRole('dialog')
      .getByRole('button', { name: 'Clear credential', exact: true })
      .click();
  }
}
