import { createTranslationResource } from '@backstage/core-plugin-api/alpha';
import { datasourceAuthReactTranslationRef } from './datasourceAuthReactTranslationRef';

/**
 * The texts of the shared components in other languages, loaded when a user chooses one: German (`de`).
 *
 * @public
 */
export const datasourceAuthReactTranslations = createTranslationResource({
  ref: datasourceAuthReactTranslationRef,
  translations: { de: () => import('./de') },
});
