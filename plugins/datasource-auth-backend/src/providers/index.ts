export { PresetRegistry } from './PresetRegistry';
export type { PresetProblem } from './PresetRegistry';
export type { SettingsDraft } from './presetDraft';
export { parsePreset, presetJsonSchema, presetSchema } from './presetSchema';
export type {
  InstanceField,
  Preset,
  PresetInput,
  PresetSettings,
} from './presetSchema';
export { presetSettings } from './presetSettings';
export { presetsExtensionPoint } from './presetsExtensionPoint';
export type { PresetsExtensionPoint } from './presetsExtensionPoint';
