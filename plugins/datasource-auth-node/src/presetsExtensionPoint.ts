import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { PresetInput } from 'backstage-plugin-datasource-auth-common';

/**
 * Adds presets of an organisation's own providers to the gallery.
 *
 * @public
 */
export interface PresetsExtensionPoint {
  /**
   * Adds one to the gallery.
   *
   * @throws Error when the preset is wrong or its id is taken; the module that calls it fails alone
   */
  addPreset(preset: PresetInput): void;
}

/**
 * Where modules add presets.
 *
 * @public
 */
export const presetsExtensionPoint =
  createExtensionPoint<PresetsExtensionPoint>({
    id: 'datasource-auth.presets',
  });
