import { InputError } from '@backstage/errors';
import { OAuthDraft, presetDraft, SettingsDraft } from './presetDraft';
import { matchesField, Preset, PresetWay } from './preset';
import { GrantType } from './grants';
import { Value } from './settingValues';

/**
 * Creates a draft from a preset. Add a name and what identifies the client to get a datasource. Instance values that
 * aren't given stay templates, and the status of the datasource asks for them.
 *
 * @throws InputError for a way or an instance value that the preset doesn't have, or a value that doesn't match its
 *   field's pattern
 * @public
 */
export function presetSettings<Way extends PresetWay = PresetWay>(
  preset: Preset,
  options: { way?: Way; instance?: Record<string, string> } = {},
): Way extends GrantType ? OAuthDraft : SettingsDraft {
  const { way = preset.ways[0], instance: given = {} } = options;
  if (!preset.ways.includes(way)) {
    throw new InputError(
      `Preset '${preset.id}' doesn't support ${way}. Choose ${preset.ways.join(
        ' or ',
      )}.`,
    );
  }
  const instance: Record<string, Value> = {};
  for (const field of preset.instance) {
    if (field.ways && !field.ways.includes(way)) continue;
    if (field.secret) {
      instance[field.name] = { secret: true };
      continue;
    }
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
  const draft: SettingsDraft = {
    ...presetDraft(preset, way),
    ...(Object.keys(instance).length && { instance }),
  };
  return draft as Way extends GrantType ? OAuthDraft : SettingsDraft;
}
