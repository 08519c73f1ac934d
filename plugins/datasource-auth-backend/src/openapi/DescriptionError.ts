import {
  Message,
  message,
  renderMessages,
} from 'backstage-plugin-datasource-auth-common';

/** An API description that can't be read. The message begins with the line, or the JSON pointer of the field. */
export class DescriptionError extends Error {
  readonly name = 'DescriptionError';
  /** The message as codes and values. */
  readonly texts: Message[];

  constructor(
    said: Message | Message[],
    place: { line?: number; from?: string } = {},
  ) {
    const [first, ...rest] = [said].flat();
    const texts = [placed(first, place), ...rest];
    super(renderMessages(texts));
    this.texts = texts;
  }
}

function placed(
  fault: Message,
  { line, from }: { line?: number; from?: string },
): Message {
  if (line !== undefined) {
    return message('error.description.atLine', { line: line + 1, fault });
  }
  return from
    ? message('error.description.atPlace', { place: from, fault })
    : fault;
}
