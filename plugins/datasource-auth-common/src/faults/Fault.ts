import type { z } from 'zod';
import { FAULTS } from './faultTexts';
import { PATH_FAULTS } from './pathFaults';
import { TextRenderer } from './TextRenderer';
import { FlatTexts, PlaceholdersOf, WithoutPluralSuffix } from './textTypes';

const TEXTS = { fault: FAULTS, path: PATH_FAULTS } as const;

/**
 * Every text about a fault with its path.
 *
 * @public
 */
export type FaultEntry = FlatTexts<{
  fault: typeof FAULTS;
  path: typeof PATH_FAULTS;
}>;

/**
 * Path of a text about a fault.
 *
 * @public
 */
export type FaultCode = WithoutPluralSuffix<FaultEntry['path']>;

type FaultText<Code extends FaultCode> = Extract<
  FaultEntry,
  { path: Code | `${Code}_other` }
>['text'];

/**
 * A fault of a value as a code and values: a message about what to enter.
 *
 * @public
 */
export interface Fault<Code extends FaultCode = FaultCode> {
  /** Path of the text. */
  code: Code;
  /** Values by placeholder name. */
  values?: Record<string, string | number | Fault>;
}

/**
 * Why a path is refused.
 *
 * @public
 */
export type PathFault = Fault<Extract<FaultCode, `path.${string}`>>;

const english = new TextRenderer(TEXTS);

/** Creates a fault. The compiler checks its values against the placeholders of its text. */
export function fault<Code extends FaultCode>(
  code: Code,
  ...[values]: [PlaceholdersOf<FaultText<Code>>] extends [never]
    ? []
    : [values: Record<PlaceholdersOf<FaultText<Code>>, string | number | Fault>]
): Fault<Code> {
  return { code, ...(values && { values }) };
}

/** Returns a fault in English. */
export function faultText(found: Fault): string {
  return english.render(found);
}

/** Adds a fault to the issues of a schema. `faultsOf` reads it from there. */
export function addFault(
  ctx: z.RefinementCtx,
  found: Fault,
  issue: { path?: PropertyKey[]; continue?: boolean } = {},
): void {
  ctx.addIssue({
    code: 'custom',
    message: faultText(found),
    params: { fault: found },
    ...issue,
  });
}
