import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { PresetInput } from 'backstage-plugin-datasource-auth-common';

/**
 * Adds presets for your organization's own providers to the gallery.
 *
 * @public
 */
export interface PresetsExtensionPoint {
  /**
   * Adds a preset to the gallery.
   *
   * @throws Error if the preset is invalid or its id is taken. Only the calling module fails.
   */
  addPreset(preset: PresetInput): void;
}

/**
 * Extension point to which modules add presets.
 *
 * @public
 */
export const presetsExtensionPoint =
  createExtensionPoint<PresetsExtensionPoint>({
    id: 'datasource-auth.presets',
  });
