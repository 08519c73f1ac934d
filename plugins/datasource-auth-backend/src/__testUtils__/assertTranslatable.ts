import { isDeepStrictEqual } from 'node:util';
import {
  areKnownMessages,
  DatasourceErrorOptions,
  Message,
  renderMessages,
} from 'backstage-plugin-datasource-auth-common';

/** Asserts that an error of the API can be shown in any language: its English is made from its texts. */
export function assertTranslatable(body: unknown): void {
  const { error } = (body ?? {}) as {
    error?: DatasourceErrorOptions & { name?: string; message: string };
  };
  // An error without a code comes from Backstage itself. The diagnosis of an attempt has no name.
  if (!error?.code || !error.name) return;
  const { message, texts, fields = {}, fieldTexts = {} } = error;
  const english = (said: readonly Message[] = []) =>
    areKnownMessages(said) ? renderMessages(said) : undefined;
  const translatable = {
    message: english(texts),
    fields: Object.fromEntries(
      Object.entries(fieldTexts).map(([path, said]) => [path, english(said)]),
    ),
  };
  if (!isDeepStrictEqual(translatable, { message, fields })) {
    throw new Error(`Not made from texts: ${JSON.stringify(error)}`);
  }
}
