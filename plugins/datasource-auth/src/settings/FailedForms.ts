import { set } from 'react-hook-form';
import { ProposedFix } from 'backstage-plugin-datasource-auth-common';
import { EditorValues } from './settingsForm';

/** Returns the value of a proposed fix as the form holds it. */
export function formValueOf(
  value: ProposedFix['set'][string],
): string | boolean {
  if (Array.isArray(value)) return value.join(' ');
  return value === true || String(value);
}

/** Returns the form with a proposed fix applied. */
function withFix(values: EditorValues, fix: ProposedFix): EditorValues {
  const copy = JSON.parse(JSON.stringify(values));
  for (const [path, value] of Object.entries(fix.set))
    set(copy, path, formValueOf(value));
  return copy;
}

/** Serializes a form, independent of the order of its fields. */
function textOf(values: unknown): string {
  return JSON.stringify(values, (_, value) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map(key => [key, value[key]]),
        )
      : value,
  );
}

/**
 * Remembers which forms failed. Each fix is based on a single failure, so two fixes could send the user back and forth:
 * a fix that leads to a form that already failed isn't offered.
 */
export class FailedForms {
  readonly #failed = new Set<string>();

  /** Records that this form failed. */
  add(values: EditorValues): void {
    this.#failed.add(textOf(values));
  }

  /** Returns whether the fix leads to a form that wasn't tried. */
  offers(values: EditorValues, fix: ProposedFix): boolean {
    const next = textOf(withFix(values, fix));
    return next !== textOf(values) && !this.#failed.has(next);
  }
}
