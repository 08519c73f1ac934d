import { Preset } from 'backstage-plugin-datasource-auth-common';
import { Access, accessesOf } from './access';

/** The lower the better. */
const TITLE = 0;
const ALIAS = 1;
const BENEFIT = 2;
const NOWHERE = 3;

const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** Returns whether a text has words that start with all these, also if the search splits or joins words differently. */
function matches(text: string, search: string[]): boolean {
  const words = wordsOf(text);
  return (
    search.every(each => words.some(word => word.startsWith(each))) ||
    words.some((_, at) => words.slice(at).join('').startsWith(search.join('')))
  );
}

/**
 * Returns the presets with this access that match every search word: first those with a matching title, then those with
 * a matching alias or category, popular ones first, and by title.
 */
export function searchPresets(
  presets: Preset[],
  search: string,
  access?: Access,
): Preset[] {
  const words = wordsOf(search);
  const rankOf = ({ title, category, benefit, aliases }: Preset) => {
    if (matches(title, words)) return TITLE;
    const other = [title, category, ...aliases].join(' ');
    if (matches(other, words)) return ALIAS;
    return matches(`${other} ${benefit}`, words) ? BENEFIT : NOWHERE;
  };
  return presets
    .filter(({ ways }) => !access || accessesOf(ways).includes(access))
    .map(preset => ({ preset, rank: rankOf(preset) }))
    .filter(({ rank }) => rank !== NOWHERE)
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        Number(b.preset.popular ?? false) - Number(a.preset.popular ?? false) ||
        a.preset.title.localeCompare(b.preset.title),
    )
    .map(({ preset }) => preset);
}
