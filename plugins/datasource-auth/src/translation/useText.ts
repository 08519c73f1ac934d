import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import { datasourceAuthTranslationRef } from './datasourceAuthTranslationRef';

/** The page's translation function. */
export type Text = TranslationFunction<typeof datasourceAuthTranslationRef.T>;

/** Returns the page's translation function in the user's language. */
export function useText(): Text {
  return useTranslationRef(datasourceAuthTranslationRef).t;
}
