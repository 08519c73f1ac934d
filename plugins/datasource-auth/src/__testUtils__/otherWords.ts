import {
  TranslationApi,
  TranslationRef,
  translationApiRef,
} from '@backstage/core-plugin-api/alpha';
import { mockApis } from '@backstage/test-utils';

/** Returns a translation that replaces some messages, by reference ID and key. */
export function otherWords(
  words: Record<string, Record<string, string>>,
): readonly [typeof translationApiRef, TranslationApi] {
  const english = mockApis.translation();
  const api = {
    getTranslation: (ref: TranslationRef) => {
      const snapshot = english.getTranslation(ref);
      if (!snapshot.ready) return snapshot;
      const t = snapshot.t as (key: string, ...values: unknown[]) => unknown;
      return {
        ready: true,
        t: (key: string, ...values: unknown[]) =>
          words[ref.id]?.[key] ?? t(key, ...values),
      };
    },
    translation$: (ref: TranslationRef) => english.translation$(ref),
  };
  return [translationApiRef, api as unknown as TranslationApi];
}
