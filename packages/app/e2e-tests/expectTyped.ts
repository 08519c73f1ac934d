import { expect } from '@playwright/test';
import type { EditorPage } from './EditorPage';

/** Expects all input to be in its field. Stored secrets are never returned to the form. */
export async function expectTyped(
  editor: EditorPage,
  settings: Record<string, string>,
  options: { secrets: 'typed' | 'stored' } = { secrets: 'typed' },
) {
  for (const [label, value] of Object.entries(settings)) {
    const secret = ['Client secret', 'Password'].includes(label);
    if (label === 'Plugin IDs') {
      await expect(editor.pickedPlugin(value)).toBeVisible();
    } else if (!secret || options.secrets === 'typed') {
      await expect(editor.field(label)).toHaveValue(value);
    }
  }
}
