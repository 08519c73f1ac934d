import { personName } from '../frame/personName';

/** Who is asked, as he stands in a sentence: "jane", "group:platform". */
export function formatRecipient(ref: string): string {
  return ref.startsWith('group:')
    ? `group:${personName(ref)}`
    : personName(ref);
}
