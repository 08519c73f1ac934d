import { Preset } from 'backstage-plugin-datasource-auth-common';

/** Returns the presets that contain every search word in their title, ID, category, or caveat. */
export function searchPresets(presets: Preset[], search: string): Preset[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return presets.filter(({ id, title, category, caveat }) => {
    const text = [id, title, category, caveat].join(' ').toLowerCase();
    return words.every(word => text.includes(word));
  });
}
