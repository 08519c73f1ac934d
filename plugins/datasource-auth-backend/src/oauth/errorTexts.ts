import {
  Diagnosis,
  Message,
  message,
} from 'backstage-plugin-datasource-auth-common';

/** Returns a diagnosis as the message of an error: what happened, the likely cause, and what to do. */
export function errorTexts({ texts }: Pick<Diagnosis, 'texts'>): Message[] {
  const [title] = texts.title;
  return [message('error.titled', { title }), ...texts.cause, ...texts.remedy];
}
