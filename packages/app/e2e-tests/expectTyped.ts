import { expect } from '@playwright/test';
import type { EditorPage } from './EditorPage';

/** Expects that everything a person typed is still in its field; what is stored as a secret comes back in no form. */
export async function expectTyped(
  editor: EditorPage,
  settings: Record<string, string>,
  options: { secrets: 'typed' | 'stored' } = { secrets: 'typed' },
) {
  for (const [label, value] of Object.entries(settings)) {
    const secret = ['Client secret', 'Password'].includes(label);
    if (!secret || options.secrets === 'typed') {
      await expect(editor.field(label)).toHaveValue(value);
    }
  }
}
