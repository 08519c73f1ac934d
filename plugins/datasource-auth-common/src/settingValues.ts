import { z } from 'zod';
import { schemaOf } from './schemaOf';
import { FAULTS } from './faults';

/**
 * A secret in a write: a string sets it, `null` removes it, and omitting it (or sending the object from a read) keeps
 * it.
 *
 * @public
 */
export const secretSchema = z
  .union([
    z.string().max(20_000),
    z.null(),
    z.looseObject({ set: z.boolean() }).transform(() => undefined),
  ])
  .optional();

/**
 * A parameter, header, or instance value. `{ secret: true }` marks one that is encrypted at rest and never returned.
 *
 * @public
 */
export const valueSchema = schemaOf<Value>()(
  z.union([
    z.string().max(4_000),
    z.object({
      secret: z.literal(true),
      value: z.string().max(20_000).nullish(),
      set: z.boolean().optional(),
    }),
  ]),
);

/**
 * A parameter, header or instance value, plain or secret.
 *
 * @public
 */
export type Value =
  | string
  | {
      secret: true;
      /** Only in a write: the new value. `null` removes the secret. */
      value?: string | null;
      /** Only in a read: whether it has a value. */
      set?: boolean;
    };

/** Rejects keys that would reach an object's prototype. */
export const UNSAFE_KEYS = ['__proto__', 'constructor', 'prototype'];

/** A key of a map in the settings. */
export const keySchema = z
  .string()
  .min(1)
  .max(200)
  .refine(key => !UNSAFE_KEYS.includes(key), {
    error: FAULTS.keyReserved,
  });
