import { InputError } from '@backstage/errors';
import { OAuthDraft, presetDraft } from './presetDraft';
import { matchesField, Preset } from './preset';
import { GrantType } from './grants';

/**
 * Creates a draft from a preset. Add a name, a client ID, and secrets to get a datasource. Instance values that aren't
 * given stay templates, and the status of the datasource asks for them.
 *
 * @throws InputError for a grant or an instance value that the preset doesn't have, or a value that doesn't match its
 *   field's pattern
 * @public
 */
export function presetSettings(
  preset: Preset,
  options: { grantType?: GrantType; instance?: Record<string, string> } = {},
): OAuthDraft {
  const { grantType = preset.grants[0], instance: given = {} } = options;
  if (!preset.grants.includes(grantType)) {
    throw new InputError(
      `Preset '${
        preset.id
      }' doesn't support ${grantType}. Choose ${preset.grants.join(' or ')}.`,
    );
  }
  const instance: Record<string, string> = {};
  for (const field of preset.instance) {
    if (field.grants && !field.grants.includes(grantType)) continue;
    const value = (given[field.name] ?? '').trim() || field.default;
    if (value === undefined) continue;
    if (!matchesField(field, value)) {
      throw new InputError(
        `${field.label} of preset '${preset.id}' has an invalid format. Enter a value such as ${field.example}.`,
      );
    }
    instance[field.name] = value;
  }
  for (const name of Object.keys(given)) {
    if (!preset.instance.some(field => field.name === name)) {
      throw new InputError(
        `Preset '${preset.id}' has no instance value '${name}'.`,
      );
    }
  }
  const draft = presetDraft(preset, grantType);
  return Object.keys(instance).length ? { ...draft, instance } : draft;
}
