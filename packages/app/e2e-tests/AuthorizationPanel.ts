import type { Locator, Page } from '@playwright/test';

/** The authorization panel of the editor and of the datasource page. */
export class AuthorizationPanel {
  readonly #page: Page;
  readonly #panel: Locator;

  static on(page: Page): AuthorizationPanel {
    return new AuthorizationPanel(page);
  }

  private constructor(page: Page) {
    this.#page = page;
    this.#panel = page.getByRole('region', { name: 'Authorization' });
  }

  /** The status marker with exactly this text. */
  marker(
    state: 'AUTHORIZED' | 'NOT AUTHORIZED' | 'NOT CONFIGURED' | 'ERROR',
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

  /** Opens the provider's window and returns it. */
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
