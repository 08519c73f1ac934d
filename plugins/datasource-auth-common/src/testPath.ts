import { z } from 'zod';
import { ApiPathOptions } from './apiPath';
import { readGatewayPath } from './gatewayPath';
import { schemaOf } from './schemaOf';
import { addFault, fault } from './faults';

/** A path below the base URL, never on another host (`//evil`, `\\evil`, `https:evil`, `/\t/evil`). */
const pathSchema = (options: ApiPathOptions) =>
  z
    .string()
    .max(1_000)
    .superRefine((text, ctx) => {
      if (text === '') return;

      if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(text)) {
        addFault(ctx, fault('fault.testPath'));
        return;
      }
      const { fault: reason } = readGatewayPath(text.split('?', 1)[0], options);
      if (reason) addFault(ctx, fault('fault.pathRefused', { reason }));
    });

/**
 * The path that a connection test calls, with its query: a string, or an object if the API treats `%2F` as part of a
 * segment.
 *
 * @public
 */
export const testPathSchema = schemaOf<TestPath>()(
  z.union([
    pathSchema({}),
    z.strictObject({
      path: pathSchema({ encodedSlash: true }),
      encodedSlash: z.literal(true),
    }),
  ]),
);

/**
 * The path that a connection test calls.
 *
 * @public
 */
export type TestPath = string | { path: string; encodedSlash: true };

/**
 * A test path in its object form.
 *
 * @public
 */
export function readTestPath(
  testPath: TestPath | undefined,
): { path: string } & ApiPathOptions {
  return typeof testPath === 'object' ? testPath : { path: testPath ?? '' };
}
