import { useMemo } from 'react';
import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';
import { BackendText, useBackendText } from './useBackendText';

/** Returns a function that shows the message of an API error in a language. */
export function errorTextOf(text: BackendText): (error: unknown) => string {
  return error => {
    const { texts, message } = error as Partial<DatasourceAuthError>;
    return text(texts, message || String(error));
  };
}

/**
 * Returns a function that shows the message of an API error in the user's language. Errors without texts, for example
 * of the network, keep their message.
 *
 * @public
 */
export function useErrorText(): (error: unknown) => string {
  const text = useBackendText();
  return useMemo(() => errorTextOf(text), [text]);
}
