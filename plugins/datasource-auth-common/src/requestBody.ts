import { z } from 'zod';
import { CREDENTIAL_TEMPLATES } from './credentialTemplates';
import { schemaOf } from './schemaOf';
import { keySchema } from './settingValues';
import { templateExpressions } from './templates';
import { addFault, Fault, fault, FAULTS } from './faults';

/**
 * Part of a request's JSON body.
 *
 * @public
 */
export type RequestBodyPart =
  | string
  | number
  | boolean
  | RequestBodyPart[]
  | { [name: string]: RequestBodyPart };

/**
 * JSON body of a token request, with templates in its texts.
 *
 * @public
 */
export type RequestBody =
  | RequestBodyPart[]
  | { [name: string]: RequestBodyPart };

const DEEPEST = 8;
const LONGEST_BYTES = 32 * 1024;

/** Templates besides those of credentials, instance values and kept values. */
const OTHER_TEMPLATES = [
  ...['uuid', 'now', 'scopes'],
  ...['redirectUri', 'state', 'nonce', 'token.accessToken'],
];

const isKnown = (expression: string) =>
  Object.hasOwn(CREDENTIAL_TEMPLATES, expression) ||
  OTHER_TEMPLATES.includes(expression) ||
  /^(instance|kept|answer)\../.test(expression);

type Refuse = (found: Fault, path: string[]) => void;

/** Checks one level at a time, because a body can be nested deeper than calls can. */
function checkParts(body: unknown, refuse: Refuse): void {
  let level: Array<{ part: unknown; path: string[] }> = [
    { part: body, path: [] },
  ];
  for (let depth = 0; level.length > 0; depth++) {
    const next: typeof level = [];
    for (const { part, path } of level) {
      if (typeof part === 'object' && part !== null) {
        if (depth >= DEEPEST) {
          refuse(fault('fault.bodyDeep', { levels: DEEPEST }), path);
          return;
        }
        for (const [name, member] of Object.entries(part)) {
          const at = [...path, name];
          if (!Array.isArray(part) && !keySchema.safeParse(name).success)
            refuse(fault('fault.bodyName'), at);
          next.push({ part: member, path: at });
        }
      } else if (!['string', 'number', 'boolean'].includes(typeof part)) {
        refuse(fault('fault.bodyPart'), path);
      }
      const unknown = templateExpressions(
        typeof part === 'string' ? part : '',
      ).find(expression => !isKnown(expression));
      if (unknown !== undefined) {
        refuse(
          fault('fault.bodyTemplate', {
            template: `{{${unknown.slice(0, 80)}}}`,
            known: [...Object.keys(CREDENTIAL_TEMPLATES), 'instance.x']
              .map(name => `{{${name}}}`)
              .join(', '),
          }),
          path,
        );
      }
    }
    level = next;
  }
  if (new TextEncoder().encode(JSON.stringify(body)).length > LONGEST_BYTES)
    refuse(fault('fault.bodyLong'), []);
}

/** A JSON body of any shape. */
export const requestBodySchema = schemaOf<RequestBody, any>()(
  z
    .union([z.record(z.string(), z.unknown()), z.array(z.unknown())], {
      error: FAULTS.bodyShape,
    })
    .superRefine((body, ctx) =>
      checkParts(body, (found, path) =>
        // Not continued: other checks could not walk a body of any depth.
        addFault(ctx, found, { path, continue: false }),
      ),
    ) as unknown as z.ZodType<RequestBody, RequestBody>,
);
