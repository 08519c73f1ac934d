import { z } from 'zod';
import { addFault, fault } from './faults';
import { GrantType, isApprovedByPerson } from './grants';
import { KindSettings, kindOf } from './kinds/descriptors';

/**
 * Whose credentials a datasource has: one that all plugins share, one of each person, or both.
 *
 * @public
 */
export const SUBJECTS = ['service', 'user', 'both'] as const;

/**
 * One of {@link SUBJECTS}.
 *
 * @public
 */
export type Subjects = (typeof SUBJECTS)[number];

/** Absent means `service`. */
export const subjectsSchema = z
  .enum(SUBJECTS, {
    error: `Choose whose credentials it has: ${SUBJECTS.join(', ')}`,
  })
  .optional();

/**
 * The setting that says whose credentials a datasource has, as stored, written, or typed.
 *
 * @public
 */
export interface SubjectsSettings {
  /** Whose credentials it has. Default: `service`. */
  subjects?: Subjects;
}

/**
 * Returns whether a datasource has a credential that all plugins share.
 *
 * @public
 */
export function hasServiceCredential({ subjects }: SubjectsSettings): boolean {
  return subjects !== 'user';
}

/**
 * Returns whether people connect their own accounts to a datasource.
 *
 * @public
 */
export function hasPersonalCredentials({
  subjects = 'service',
}: SubjectsSettings): boolean {
  return subjects !== 'service';
}

/** Refuses people's own credentials where nobody is asked, and where any plugin could act as them. */
export function checkSubjects(
  settings: SubjectsSettings & {
    auth: KindSettings & { grantType?: GrantType };
    consumers: '*' | readonly string[];
  },
  ctx: z.RefinementCtx,
): void {
  if (!hasPersonalCredentials(settings)) return;
  const { auth, consumers } = settings;
  const isAsked =
    kindOf(auth) === 'oauth2' &&
    auth.grantType !== undefined &&
    isApprovedByPerson(auth.grantType);
  if (!isAsked) {
    addFault(ctx, fault('fault.subjectsUnapproved'), { path: ['subjects'] });
  }
  if (consumers === '*') {
    addFault(ctx, fault('fault.subjectsConsumers'), { path: ['consumers'] });
  }
}
