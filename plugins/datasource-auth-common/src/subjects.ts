import { z } from 'zod';
import { isFileReference } from './credentialFiles';
import { addFault, fault } from './faults';
import { GrantType, isApprovedByPerson } from './grants';
import { isSecretValue } from './instanceValues';
import { KindSettings, kindOf, personalOfKind } from './kinds/descriptors';
import { settingAt } from './settingAt';

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

/**
 * Refuses people's own credentials where they neither approve nor enter them, and where any plugin could act as them.
 */
export function checkSubjects(
  settings: SubjectsSettings & {
    auth: KindSettings & {
      grantType?: GrantType;
      bearer?: unknown;
      expiresAt?: unknown;
    };
    consumers: '*' | readonly string[];
  },
  ctx: z.RefinementCtx,
): void {
  if (!hasPersonalCredentials(settings)) return;
  const { auth, consumers } = settings;
  const kind = kindOf(auth);
  const isApproved =
    kind === 'oauth2' &&
    auth.grantType !== undefined &&
    isApprovedByPerson(auth.grantType);
  if (kind === 'static') {
    checkEntered(settings, ctx);
  } else if (!isApproved) {
    addFault(ctx, fault('fault.subjectsUnapproved'), { path: ['subjects'] });
  }
  if (consumers === '*') {
    addFault(ctx, fault('fault.subjectsConsumers'), { path: ['consumers'] });
  }
}

/** Refuses settings under which a person has nothing to enter, and values that nobody would use. */
function checkEntered(
  settings: SubjectsSettings & {
    auth: KindSettings & { bearer?: unknown; expiresAt?: unknown };
  },
  ctx: z.RefinementCtx,
): void {
  const { auth } = settings;
  const isAlone = !hasServiceCredential(settings);
  const entered = personalOfKind(auth, isAlone);
  if (isFileReference(auth.bearer)) {
    addFault(ctx, fault('fault.subjectsFile'), { path: ['auth', 'bearer'] });
  } else if (entered.length === 0) {
    addFault(ctx, fault('fault.subjectsNothing'), { path: ['subjects'] });
  }
  if (!isAlone) return;
  for (const path of entered) {
    const value = settingAt(settings, path);
    const secret = isSecretValue(value) ? value.value : value;
    if (typeof secret === 'string' && secret !== '') {
      addFault(ctx, fault('fault.subjectsEntered'), { path: path.split('.') });
    }
  }
  if (auth.expiresAt !== undefined) {
    addFault(ctx, fault('fault.subjectsExpiry'), {
      path: ['auth', 'expiresAt'],
    });
  }
}
