import { z } from 'zod';
import { FAULTS } from './faults';

// eslint-disable-next-line no-control-regex -- header and parameter values must not contain control characters
export const CONTROL = /[\u0000-\u001f\u007f]/;

/** A single-line text. */
export const plainText = (max: number) =>
  z
    .string()
    .max(max)
    .refine(text => !CONTROL.test(text), {
      error: FAULTS.controlCharacters,
    });
