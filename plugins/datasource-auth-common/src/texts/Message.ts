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

/** Paths of the texts. */
type Flat<Texts, Path extends string = ''> = {
  [Key in keyof Texts & string]: Texts[Key] extends string
    ? { path: `${Path}${Key}`; text: Texts[Key] }
    : Flat<Texts[Key], `${Path}${Key}.`>;
}[keyof Texts & string];

type Entry = Flat<typeof MESSAGES>;

type WithoutPlural<Path> = Path extends `${infer Code}_${'one' | 'other'}`
  ? Code
  : Path;

/**
 * Path of a text in {@link MESSAGES}, without its plural suffix.
 *
 * @public
 */
export type MessageCode = WithoutPlural<Entry['path']>;

type Placeholders<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

type TextOf<Code extends MessageCode> = Extract<
  Entry,
  { path: Code | `${Code}_other` }
>['text'];

/** The arguments for a text's values; none if it has no placeholders. */
type ValuesOf<Text> = [Placeholders<Text>] extends [never]
  ? []
  : [values: Record<Placeholders<Text>, MessageValue>];

/**
 * Creates a message. The compiler checks its values against the placeholders of its text.
 *
 * @public
 */
export function message<Code extends MessageCode>(
  code: Code,
  ...[values]: ValuesOf<TextOf<Code>>
): Message {
  return { code, ...(values && { values }) };
}

/**
 * Code of a diagnosis in {@link DIAGNOSES}.
 *
 * @public
 */
export type DiagnosisTextCode = keyof typeof DIAGNOSES;

type PartsOf<Code extends DiagnosisTextCode> = (typeof DIAGNOSES)[Code][
  | 'title'
  | 'cause'
  | 'remedy'];

/**
 * Creates the texts of a diagnosis. Each of them gets only the values that it needs.
 *
 * @public
 */
export function diagnosisTexts<Code extends DiagnosisTextCode>(
  code: Code,
  ...[values]: ValuesOf<PartsOf<Code>>
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
