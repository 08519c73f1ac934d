import { createTranslationResource } from '@backstage/core-plugin-api/alpha';
import { TranslationResource } from '@backstage/frontend-plugin-api';
import { datasourceAuthTranslationRef } from './datasourceAuthTranslationRef';

/**
 * The texts of the page in other languages, loaded when a user chooses one: German (`de`). Install it together with
 * `datasourceAuthReactTranslations`.
 *
 * @public
 */
export const datasourceAuthTranslations: TranslationResource<'plugin.datasource-auth'> =
  createTranslationResource({
    ref: datasourceAuthTranslationRef,
    translations: { de: () => import('./de') },
  });
