import { ReactElement } from 'react';
import {
  createTranslationRef,
  TranslationRef,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import {
  FlatTexts,
  PlaceholdersOf,
  WithoutPluralSuffix,
} from 'backstage-plugin-datasource-auth-common';
import { MessageGroup } from './flattenMessages';

/**
 * Texts by path.
 *
 * @public
 */
export type TextsByPath<Texts> = FlatTexts<Texts> extends infer Entry extends {
  path: string;
  text: string;
}
  ? { readonly [One in Entry as One['path']]: One['text'] }
  : never;

/**
 * Creates a reference to texts, as Backstage's `createTranslationRef` does. The compiler needs 18 seconds for the types
 * of that one, because it combines all texts with each other.
 *
 * @public
 */
export function createTextRef<
  Id extends string,
  const Texts extends MessageGroup,
>(options: {
  id: Id;
  messages: Texts;
}): TranslationRef<Id, TextsByPath<Texts>> {
  const flat = options as { id: Id; messages: Record<string, never> };
  return createTranslationRef(flat) as TranslationRef<Id, never>;
}

/**
 * The names of the values in each text. The texts of a plural share the key without their suffix.
 *
 * @public
 */
export type TextNames<Texts> = {
  [Key in keyof Texts as WithoutPluralSuffix<Key>]:
    | PlaceholdersOf<Texts[Key]>
    | (WithoutPluralSuffix<Key> extends Key ? never : 'count');
};

/**
 * The values that a text needs, if any.
 *
 * @public
 */
export type TextValues<Names, Value> = [Names] extends [never]
  ? []
  : [
      values: {
        [Name in Names & string]: Name extends 'count' ? number : Value;
      },
    ];

/**
 * A translation function. Backstage's own type demands the same, but with an element among the values, the compiler
 * combines the values of all texts.
 *
 * @public
 */
export interface TextFunction<Texts> {
  /** Returns a text. */
  <Key extends keyof TextNames<Texts>>(
    key: Key,
    ...values: TextValues<TextNames<Texts>[Key], string>
  ): string;
  /** Returns a text with elements. */
  <Key extends keyof TextNames<Texts>>(
    key: Key,
    ...values: TextValues<TextNames<Texts>[Key], string | ReactElement>
  ): ReactElement;
}

/**
 * Returns the translation function of a reference in the user's language.
 *
 * @public
 */
export function useTextRef<Texts extends Record<string, string>>(
  ref: TranslationRef<string, Texts>,
): TextFunction<Texts> {
  const { t } = useTranslationRef<Record<string, string>>(ref);
  return t as unknown as TextFunction<Texts>;
}
