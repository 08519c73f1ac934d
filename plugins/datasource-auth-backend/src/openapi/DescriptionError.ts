/**
 * An API description that cannot be read, or not there. The message begins with the place: its line, or the JSON pointer
 * of the member.
 */
export class DescriptionError extends Error {
  readonly name = 'DescriptionError';

  constructor(message: string, place: { line?: number; from?: string } = {}) {
    const where =
      place.line === undefined ? place.from : `Line ${place.line + 1}`;
    super(where ? `${where}: ${message}` : message);
  }
}
