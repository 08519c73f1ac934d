import { createTranslationResource } from '@backstage/core-plugin-api/alpha';
import { TranslationResource } from '@backstage/frontend-plugin-api';
import { datasourceAuthReactTranslationRef } from './datasourceAuthReactTranslationRef';

/**
 * The texts of the shared components in other languages, loaded when a user chooses one: German (`de`).
 *
 * @public
 */
export const datasourceAuthReactTranslations: TranslationResource<'plugin.datasource-auth-react'> =
  createTranslationResource({
    ref: datasourceAuthReactTranslationRef,
    translations: { de: () => import('./de') },
  });
