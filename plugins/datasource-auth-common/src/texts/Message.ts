import { FlatTexts, PlaceholdersOf, WithoutPluralSuffix } from '../faults';
import { DIAGNOSES, MESSAGES } from './messages';

/**
 * Value of a placeholder in a message: a word, a number, or another message.
 *
 * @public
 */
export type MessageValue = string | number | Message;

/**
 * A sentence from the backend as a code and values, so that the page can translate it. Never contains a secret or a
 * token.
 *
 * @public
 */
export interface Message {
  /** Path of the text in {@link MESSAGES}. */
  code: MessageCode;
  /** Values by placeholder name. `count` selects singular or plural. */
  values?: Record<string, MessageValue>;
}

/**
 * A diagnosis as messages.
 *
 * @public
 */
export interface DiagnosisTexts {
  /** What happened. */
  title: Message[];
  /** The likely cause. */
  cause: Message[];
  /** What to do. */
  remedy: Message[];
}

/**
 * Path and text of each message in {@link MESSAGES}.
 *
 * @public
 */
export type MessageEntry = FlatTexts<typeof MESSAGES>;

/**
 * Path of a text in {@link MESSAGES}, without its plural suffix.
 *
 * @public
 */
export type MessageCode = WithoutPluralSuffix<MessageEntry['path']>;

/**
 * The text of a message. For plurals, the general one.
 *
 * @public
 */
export type MessageText<Code extends MessageCode> = Extract<
  MessageEntry,
  { path: Code | `${Code}_other` }
>['text'];

/**
 * The arguments for the values of a text: none if it has no placeholders.
 *
 * @public
 */
export type TextArguments<Text> = [PlaceholdersOf<Text>] extends [never]
  ? []
  : [values: Record<PlaceholdersOf<Text>, MessageValue>];

/**
 * Creates a message. The compiler checks its values against the placeholders of its text.
 *
 * @public
 */
export function message<Code extends MessageCode>(
  code: Code,
  ...[values]: TextArguments<MessageText<Code>>
): Message {
  return { code, ...(values && { values }) };
}

/**
 * Code of a diagnosis in {@link DIAGNOSES}.
 *
 * @public
 */
export type DiagnosisTextCode = keyof typeof DIAGNOSES;

/**
 * The texts of a diagnosis.
 *
 * @public
 */
export type DiagnosisText<Code extends DiagnosisTextCode> =
  (typeof DIAGNOSES)[Code]['title' | 'cause' | 'remedy'];

/**
 * Creates the texts of a diagnosis. Each of them gets only the values that it needs.
 *
 * @public
 */
export function diagnosisTexts<Code extends DiagnosisTextCode>(
  code: Code,
  ...[values]: TextArguments<DiagnosisText<Code>>
): DiagnosisTexts {
  const part = (name: 'title' | 'cause' | 'remedy'): Message[] => {
    const text: string = DIAGNOSES[code][name];
    const used = Object.entries(values ?? {}).filter(([key]) =>
      text.includes(`{{${key}}}`),
    );
    return [
      {
        code: `diagnosis.${code}.${name}` as MessageCode,
        ...(used.length && {
          values: Object.fromEntries(used) as Record<string, MessageValue>,
        }),
      },
    ];
  };
  return { title: part('title'), cause: part('cause'), remedy: part('remedy') };
}
