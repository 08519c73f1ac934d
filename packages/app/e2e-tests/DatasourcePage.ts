import type { Locator, Page } from '@playwright/test';
import { AuthorizationPanel } from './AuthorizationPanel';

/** The page of a saved datasource. */
export class DatasourcePage {
  readonly panel: AuthorizationPanel;
  readonly #page: Page;

  static on(page: Page): DatasourcePage {
    return new DatasourcePage(page);
  }

  private constructor(page: Page) {
    this.#page = page;
    this.panel = AuthorizationPanel.on(page);
  }

  /** A button of the header, or a link that looks like one. */
  button(name: string | RegExp): Locator {
    return this.#page.getByRole('button', { name });
  }

  /** Opens the provider's window and returns it. */
  async connect(): Promise<Page> {
    const opened = this.#page.waitForEvent('popup');
    await this.button(/^(Connect for everyone|Reconnect)/).click();
    return opened;
  }

  /** Chooses an action in the menu. */
  async choose(action: string) {
    await this.button(/^Actions for /).click();
    await this.#page
      .getByRole('menuitem', { name: action, exact: true })
      .click();
  }

  async disconnect() {
    await this.choose('Disconnect for everyone…');
    await this.#page
      .getByRole('dialog')
      .getByRole('button', { name: 'Disconnect', exact: true })
      .click();
  }
}
