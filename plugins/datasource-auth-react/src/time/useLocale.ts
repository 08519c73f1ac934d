import { useApiHolder } from '@backstage/core-plugin-api';
import { appLanguageApiRef } from '@backstage/core-plugin-api/alpha';

/**
 * Returns the locale for times and lists: undefined, the browser's own, if that has the language that Backstage shows.
 * Otherwise an English page would show German times, or the reverse.
 *
 * @public
 */
export function useLocale(): string | undefined {
  const language = useApiHolder()
    .get(appLanguageApiRef)
    ?.getLanguage().language;
  const [own] = navigator.language.split('-');
  return language === own ? undefined : language;
}
