/** An API description that can't be read. The message begins with the line, or the JSON pointer of the field. */
export class DescriptionError extends Error {
  readonly name = 'DescriptionError';

  constructor(message: string, place: { line?: number; from?: string } = {}) {
    const where =
      place.line === undefined ? place.from : `Line ${place.line + 1}`;
    super(where ? `${where}: ${message}` : message);
  }
}
