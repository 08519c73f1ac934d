import { useMemo } from 'react';
import {
  areKnownMessages,
  Message,
} from 'backstage-plugin-datasource-auth-common';
import { Text, useText } from './useText';

/**
 * Translates messages of the backend. Returns the backend's English if there are no messages, or if a newer backend
 * sends one that this page doesn't know.
 *
 * @public
 */
export type BackendText = (
  messages: readonly Message[] | undefined,
  english: string,
) => string;

function translate(t: Text, { code, values = {} }: Message): string {
  // The values match the text: the compiler checked them in the backend.
  const translated = t as (key: string, values: object) => string;
  return translated(
    `message.${code}`,
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'object' ? translate(t, value) : value,
      ]),
    ),
  );
}

/** Returns a function that shows the backend's messages in the language of `t`. */
export function backendTextOf(t: Text): BackendText {
  return (messages, english) =>
    messages?.length && areKnownMessages(messages)
      ? messages.map(message => translate(t, message)).join(' ')
      : english;
}

/**
 * Returns a function that shows the backend's messages in the user's language.
 *
 * @public
 */
export function useBackendText(): BackendText {
  const t = useText();
  return useMemo(() => backendTextOf(t), [t]);
}
