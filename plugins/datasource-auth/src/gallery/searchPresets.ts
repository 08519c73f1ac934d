import { Preset } from 'backstage-plugin-datasource-auth-common';
import { Access, accessesOf } from './access';

/**
 * Returns the presets with this access that contain every search word in their title, ID, category, benefit or
 * aliases: first those whose title contains a word, then popular ones, otherwise in the given order.
 */
export function searchPresets(
  presets: Preset[],
  search: string,
  access?: Access,
): Preset[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = presets.filter(preset => {
    if (access && !accessesOf(preset.ways).includes(access)) return false;
    const { id, title, category, benefit, aliases } = preset;
    const text = [id, title, category, benefit, ...aliases]
      .join(' ')
      .toLowerCase();
    return words.every(word => text.includes(word));
  });
  const rank = ({ title, popular }: Preset) => {
    const named = words.some(word => title.toLowerCase().includes(word));
    return (named ? 0 : 2) + (popular ? 0 : 1);
  };
  return found.sort((a, b) => rank(a) - rank(b));
}
