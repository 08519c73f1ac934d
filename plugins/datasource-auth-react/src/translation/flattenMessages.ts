import {
  createTranslationMessages,
  TranslationMessages,
  TranslationRef,
} from '@backstage/core-plugin-api/alpha';

/**
 * Texts by key, in groups.
 *
 * @public
 */
export interface MessageGroup {
  /** A text, or a group of texts. */
  readonly [key: string]: string | MessageGroup;
}

function entriesOf(group: MessageGroup, path: string): [string, string][] {
  return Object.entries(group).flatMap(([key, text]) =>
    typeof text === 'string'
      ? [[path + key, text] as [string, string]]
      : entriesOf(text, `${path}${key}.`),
  );
}

/**
 * Flattens groups of texts into the messages of a language. The compiler and a test compare the groups with the keys of
 * the reference.
 *
 * @public
 */
export function flattenMessages<
  Id extends string,
  Texts extends Record<string, string>,
>(
  ref: TranslationRef<Id, Texts>,
  messages: MessageGroup,
): TranslationMessages<Id, Texts, true> {
  const flat = Object.fromEntries(entriesOf(messages, ''));
  return createTranslationMessages({
    ref,
    full: true,
    messages: flat as Texts,
  }) as unknown as TranslationMessages<Id, Texts, true>;
}
