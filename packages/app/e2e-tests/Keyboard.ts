import type { Locator, Page } from '@playwright/test';

/** More tab stops than any view has. */
const STOPS = 250;

const hasFocus = (element: Element) => element === document.activeElement;

/** A user without a mouse: only what Tab and other keys reach can be used. */
export class Keyboard {
  readonly #page: Page;

  static of(page: Page): Keyboard {
    return new Keyboard(page);
  }

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Presses Tab until this has the focus. */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
    await target.waitFor();
    for (let stop = 0; stop < STOPS; stop++) {
      if (await target.evaluate(hasFocus)) return;
      await this.#page.keyboard.press(key);
    }
    throw new Error(`${key} doesn't reach ${target}`);
  }

  /** Moves to a field and types into it, replacing its text. */
  async type(field: Locator, text: string) {
    await this.tabTo(field);
    await this.#page.keyboard.press('ControlOrMeta+a');
    await this.#page.keyboard.type(text);
  }

  /** Moves to a button, a link or a menu item, and presses it. */
  async press(target: Locator, key: 'Enter' | 'Space' = 'Enter') {
    await this.tabTo(target);
    await this.#page.keyboard.press(key);
  }
}
