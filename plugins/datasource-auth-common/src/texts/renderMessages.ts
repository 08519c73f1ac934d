import { DiagnosisTexts, Message, MessageValue } from './Message';
import { MESSAGES } from './messages';

type Texts = { readonly [key: string]: string | Texts };

const TEXTS: ReadonlyMap<string, string> = new Map(entriesOf(MESSAGES));

function entriesOf(texts: Texts, path = ''): Array<[string, string]> {
  return Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string'
      ? [[path + key, text] as [string, string]]
      : entriesOf(text, `${path}${key}.`),
  );
}

/**
 * Returns whether each message, and each message in its values, has a text here. A newer backend can send others.
 *
 * @public
 */
export function areKnownMessages(messages: readonly Message[]): boolean {
  return messages.every(
    ({ code, values = {} }) =>
      (TEXTS.has(code) || TEXTS.has(`${code}_other`)) &&
      Object.values(values).every(
        value => typeof value !== 'object' || areKnownMessages([value]),
      ),
  );
}

/**
 * Returns messages as one English text.
 *
 * @public
 */
export function renderMessages(messages: readonly Message[]): string {
  return messages.map(renderMessage).join(' ');
}

/**
 * Returns the texts of a diagnosis in English and as codes.
 *
 * @public
 */
export function renderDiagnosis(texts: DiagnosisTexts): {
  title: string;
  cause: string;
  remedy: string;
  texts: DiagnosisTexts;
} {
  const { title, cause, remedy } = texts;
  return {
    title: renderMessages(title),
    cause: renderMessages(cause),
    remedy: renderMessages(remedy),
    texts: { title, cause, remedy },
  };
}

function renderMessage({ code, values = {} }: Message): string {
  const plural = `${code}_${values.count === 1 ? 'one' : 'other'}`;
  const text = TEXTS.get(code) ?? TEXTS.get(plural) ?? code;
  // Replace in one pass, so that a placeholder in a value is never filled.
  return text.replace(/\{\{(\w+)\}\}/g, (placeholder, name) =>
    Object.hasOwn(values, name) ? renderValue(values[name]) : placeholder,
  );
}

function renderValue(value: MessageValue): string {
  return typeof value === 'object' ? renderMessage(value) : String(value);
}
