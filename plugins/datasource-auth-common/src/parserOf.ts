import type { z } from 'zod';

/**
 * Returns the parse function of a schema. Its type has the input and output without naming zod, so public types can be
 * derived from it.
 */
export function parserOf<S extends z.ZodType>(
  schema: S,
): (input: z.input<S>) => z.output<S> {
  return input => {
    const { data, error } = schema.safeParse(input);
    if (error) throw new Error(formatFaults(error));
    return data;
  };
}

/** Formats one sentence per fault, each with its path. */
export function formatFaults(error: z.ZodError): string {
  return error.issues
    .map(issue => {
      const path = issue.path.map(String).join('.');
      return path ? `${path}: ${issue.message}` : issue.message;
    })
    .join('; ');
}
