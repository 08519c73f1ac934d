import { expect, type Locator, type Page } from '@playwright/test';
import { changeJson } from './changeJson';

/** Controls that a user types in. */
const TYPED = 'input:not([type=checkbox]):not([type=radio]), textarea';

/** Everything that a user can operate. */
const CONTROLS = `${TYPED}, input, button, a[href], select, [role=checkbox], [role=button], summary`;

/** What a step demands of a person, with everything expanded. */
export interface Burden {
  /** Labels of empty fields. */
  typed: string[];
  controls: number;
  words: number;
}

/** The connect flow, from the gallery to Save. Counts what a person does. */
export class ConnectPage {
  /** Clicks and fields so far. */
  interactions = 0;
  readonly #page: Page;

  static on(page: Page): ConnectPage {
    return new ConnectPage(page);
  }

  private constructor(page: Page) {
    this.#page = page;
  }

  /** The content of the step, without Backstage's own frame. */
  get step(): Locator {
    return this.#page.getByRole('article');
  }

  /** A field by its label, required or not. */
  field(label: string): Locator {
    const text = label.replace(/[()]/g, '\\$&');
    return this.#page.getByLabel(new RegExp(`^${text}\\W*$`));
  }

  button(name: string | RegExp): Locator {
    return this.#page.getByRole('button', { name });
  }

  /** The button that finishes the step, and the only one filled with color. */
  get primary(): Locator {
    return this.step.locator('button[type=submit]');
  }

  get connected(): Locator {
    return this.#page.getByRole('heading', { name: /^Connected/ });
  }

  async click(control: Locator) {
    this.interactions += 1;
    await control.click();
  }

  async fill(values: Record<string, string>) {
    for (const [label, value] of Object.entries(values)) {
      this.interactions += 1;
      await this.field(label).fill(value);
    }
  }

  /** Presses the primary button, which opens the provider's window. */
  async openProvider(): Promise<Page> {
    const opened = this.#page.waitForEvent('popup');
    await this.click(this.primary);
    return opened;
  }

  /** Expands everything, and counts what the step shows. */
  async burden(): Promise<Burden> {
    const rename = this.button('Change title or name');
    if (await rename.isVisible()) await rename.click();
    const typed = await this.step
      .locator(TYPED)
      .evaluateAll(fields =>
        (fields as HTMLInputElement[])
          .filter(({ value, readOnly }) => !value && !readOnly)
          .map(
            ({ labels, id }) =>
              labels?.[0]?.textContent?.replace(/\s*\*$/, '') ?? id,
          ),
      );
    const text = await this.step.innerText();
    return {
      typed,
      controls: await this.step.locator(CONTROLS).count(),
      words: text.split(/\s+/).filter(word => /\p{L}/u.test(word)).length,
    };
  }

  /** Checks that the primary button is inside the window, wherever the page is scrolled to. */
  async expectPrimaryInView() {
    for (const to of [0, 100_000]) {
      await this.step.evaluate((step, top) => {
        for (
          let element: Element | null = step;
          element;
          element = element.parentElement
        )
          element.scrollTop = top;
      }, to);
      await expect(this.primary).toBeInViewport({ ratio: 1 });
    }
  }

  /** Changes the presets that the page offers. */
  static async offer(page: Page, change: (presets: TestPreset[]) => object[]) {
    await page.route('**/api/datasource-auth/providers', route =>
      changeJson<{ items: TestPreset[] }>(route, ({ items }) => ({
        items: change(items),
      })),
    );
  }
}

/** What the tests read of a preset. */
export interface TestPreset {
  id: string;
  ways: string[];
  instance: Array<{
    name: string;
    label: string;
    example: string;
    default?: string;
    ways?: string[];
  }>;
  settings: { testPath?: string; auth?: object };
  variants: Record<string, { auth?: object } | undefined>;
}
