import { Preset } from 'backstage-plugin-datasource-auth-common';

/** The presets that have every word of a search in their title, id, category or caveat. */
export function searchPresets(presets: Preset[], search: string): Preset[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return presets.filter(({ id, title, category, caveat }) => {
    const text = [id, title, category, caveat].join(' ').toLowerCase();
    return words.every(word => text.includes(word));
  });
}
