import type { Locator, Page } from '@playwright/test';

/** The editor of a datasource, as a person sees it. */
export class EditorPage {
  readonly #page: Page;

  static of(page: Page): EditorPage {
    return new EditorPage(page);
  }

  private constructor(page: Page) {
    this.#page = page;
  }

  get panel(): Locator {
    return this.#page.getByRole('region', { name: 'Authorization' });
  }

  /** Fills text fields by their labels. */
  async fill(fields: Record<string, string>) {
    for (const [label, value] of Object.entries(fields)) {
      await this.#page
        .getByRole('textbox', { name: label })
        .or(this.#page.getByLabel(label, { exact: true }))
        .first()
        .fill(value);
    }
  }

  /** Presses the button that opens the provider's window, and returns that window. */
  async getNewCredential(): Promise<Page> {
    const opened = this.#page.waitForEvent('popup');
    await this.panel
      .getByRole('button', { name: /^Get new credential/ })
      .click();
    return opened;
  }

  async clearCredential() {
    await this.panel.getByRole('button', { name: 'Clear credential…' }).click();
    await this.#page
      .getByRole('dialog')
      .getByRole('button', { name: 'Clear', exact: true })
      .click();
  }

  async save() {
    await this.#page.getByRole('button', { name: 'Save', exact: true }).click();
  }
}
