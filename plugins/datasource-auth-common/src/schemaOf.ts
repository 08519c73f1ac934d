import type { z } from 'zod';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B
  ? 1
  : 2
  ? unknown
  : 'The schema differs from the type';

/**
 * Ties a schema to the plain types that callers see: it doesn't compile if one has a field that the other lacks. An
 * output of `any` isn't compared.
 */
export const schemaOf =
  <Input, Output = Input>() =>
  <S extends z.ZodType>(
    schema: S &
      Same<z.input<S>, Input> &
      (0 extends 1 & Output ? unknown : Same<z.output<S>, Output>),
  ): S =>
    schema;
