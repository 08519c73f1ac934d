import { JSX } from 'react';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { datasourceAuthTranslationRef } from './datasourceAuthTranslationRef';

type Messages = typeof datasourceAuthTranslationRef.T;

type Plural<Key extends string> = `${Key}_${'one' | 'other'}`;

type NamesIn<Message> =
  Message extends `${string}{{${infer Name}}}${infer Rest}`
    ? Name | NamesIn<Rest>
    : never;

/** The names of the values in each text. The texts of a plural share the key without their suffix. */
type Names = {
  [Key in keyof Messages as Key extends Plural<infer Stem> ? Stem : Key]:
    | NamesIn<Messages[Key]>
    | (Key extends Plural<string> ? 'count' : never);
};

/** The values that a text needs, if any. */
type Values<Key extends keyof Names, Value> = [Names[Key]] extends [never]
  ? []
  : [values: { [Name in Names[Key]]: Name extends 'count' ? number : Value }];

/**
 * The page's translation function. Backstage's own type demands the same, but the compiler needs over a minute for our
 * calls of it: with an element among the values, it combines the values of all texts.
 */
export interface Text {
  <Key extends keyof Names>(key: Key, ...values: Values<Key, string>): string;
  <Key extends keyof Names>(
    key: Key,
    ...values: Values<Key, string | JSX.Element>
  ): JSX.Element;
}

/** Returns the page's translation function in the user's language. */
export function useText(): Text {
  return useTranslationRef(datasourceAuthTranslationRef).t as unknown as Text;
}
