import { Preset, PresetWay } from 'backstage-plugin-datasource-auth-common';

/** Returns the presets with a way that contain every search word in their title, ID, category, or caveat. */
export function searchPresets(
  presets: Preset[],
  search: string,
  way?: string,
): Preset[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return presets.filter(({ id, title, category, caveat, ways }) => {
    if (way && !ways.includes(way as PresetWay)) return false;
    const text = [id, title, category, caveat].join(' ').toLowerCase();
    return words.every(word => text.includes(word));
  });
}
