import type { Locator, Page } from '@playwright/test';
import { AuthorizationPanel } from './AuthorizationPanel';

/** The editor of a datasource. */
export class EditorPage {
  readonly panel: AuthorizationPanel;
  readonly #page: Page;

  static on(page: Page): EditorPage {
    return new EditorPage(page);
  }

  private constructor(page: Page) {
    this.#page = page;
    this.panel = AuthorizationPanel.on(page);
  }

  /** A text field by its label, required or not. */
  field(label: string): Locator {
    return this.#page.getByLabel(new RegExp(`^${label}\\W*$`));
  }

  /** A plugin in the list of those that may use the datasource, if it is ticked. */
  pickedPlugin(id: string): Locator {
    return this.#page.getByRole('option', { name: id, selected: true });
  }

  async fill(fields: Record<string, string>) {
    for (const [label, value] of Object.entries(fields)) {
      await this.field(label).fill(value);
    }
  }

  /** Chooses a grant by the label of its button. */
  async chooseGrant(label: string) {
    await this.#page.getByRole('button', { name: label, exact: true }).click();
  }

  async save() {
    await this.#page.getByRole('button', { name: 'Save', exact: true }).click();
  }
}
