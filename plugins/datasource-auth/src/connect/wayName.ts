import { get } from 'react-hook-form';
import { Preset, PresetWay } from 'backstage-plugin-datasource-auth-common';
import { startValues } from '../editor/useEditorForm';
import { Way } from '../kinds';
import { WAY } from '../settings/settingsForm';
import { Text } from '../translation';
import { startOfPreset } from './connectStart';

/** Returns what a way of a preset is called: by who approves, or by what the API issues. */
export function wayName(t: Text, preset: Preset, way: PresetWay): string {
  if (way !== 'static') return t(`connect.ways.${way}`);
  const given = startOfPreset(preset, way, {});
  const issued: Way = get(startValues({ given }), WAY);
  return t(`connect.ways.${issued as 'apiKey'}`);
}
