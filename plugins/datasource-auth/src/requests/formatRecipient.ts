import { personName } from '../frame/personName';

/** Returns the recipient for a sentence: "jane", "group:platform". */
export function formatRecipient(ref: string): string {
  return ref.startsWith('group:')
    ? `group:${personName(ref)}`
    : personName(ref);
}
