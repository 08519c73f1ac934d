import { set } from 'react-hook-form';
import { ProposedFix } from 'backstage-plugin-datasource-auth-common';
import { EditorValues } from './settingsForm';

/** The value of a proposed fix as a field of the form holds it. */
export function formValueOf(
  value: ProposedFix['set'][string],
): string | boolean {
  if (Array.isArray(value)) return value.join(' ');
  return value === true || String(value);
}

/** The form with a proposed fix in it. */
function withFix(values: EditorValues, fix: ProposedFix): EditorValues {
  const copy = JSON.parse(JSON.stringify(values));
  for (const [path, value] of Object.entries(fix.set))
    set(copy, path, formValueOf(value));
  return copy;
}

/** A form as one text, whatever the order of its fields. */
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
 * Remembers which forms failed. A fix is judged by one failure alone, so that two of them could send a person back and
 * forth: one that leads to a form that failed already is not offered.
 */
export class FailedForms {
  readonly #failed = new Set<string>();

  /** Remembers that this form failed. */
  add(values: EditorValues): void {
    this.#failed.add(textOf(values));
  }

  /** Whether the fix leads to a form that was not tried. */
  offers(values: EditorValues, fix: ProposedFix): boolean {
    const next = textOf(withFix(values, fix));
    return next !== textOf(values) && !this.#failed.has(next);
  }
}
