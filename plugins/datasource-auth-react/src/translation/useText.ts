import { datasourceAuthReactTranslationRef } from './datasourceAuthReactTranslationRef';
import { TextFunction, useTextRef } from './textRef';

/** The translation function of the shared components. */
export type Text = TextFunction<typeof datasourceAuthReactTranslationRef.T>;

/** Returns the translation function of the shared components in the user's language. */
export function useText(): Text {
  return useTextRef(datasourceAuthReactTranslationRef);
}
