import { TextRenderer } from '../faults';
import { DiagnosisTexts, Message } from './Message';
import { MESSAGES } from './messages';

const english = new TextRenderer(MESSAGES);

/**
 * Returns whether each message, and each message in its values, has a text here. A newer backend can send others.
 *
 * @public
 */
export function areKnownMessages(messages: readonly Message[]): boolean {
  return messages.every(message => english.knows(message));
}

/**
 * Returns messages as one English text.
 *
 * @public
 */
export function renderMessages(messages: readonly Message[]): string {
  return messages.map(message => english.render(message)).join(' ');
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
