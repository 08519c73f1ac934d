import {
  TextFunction,
  useTextRef,
} from 'backstage-plugin-datasource-auth-react';
import { datasourceAuthTranslationRef } from './datasourceAuthTranslationRef';

/** The page's translation function. */
export type Text = TextFunction<typeof datasourceAuthTranslationRef.T>;

/** Returns the page's translation function in the user's language. */
export function useText(): Text {
  return useTextRef(datasourceAuthTranslationRef);
}
