import { addFault, Fault, fault } from './faults';
import { z } from 'zod';
import {
  ClientCertificateSettings,
  hasClientCertificate,
} from './clientCertificate';
import { kindOf, KindSettings } from './kinds/descriptors';

/**
 * What access tokens are bound to: nothing, the client certificate (RFC 8705 section 3), or a key pair that the backend
 * creates for each credential (DPoP, RFC 9449).
 *
 * @public
 */
export const SENDER_CONSTRAINTS = ['none', 'mtls', 'dpop'] as const;

/**
 * One of {@link SENDER_CONSTRAINTS}.
 *
 * @public
 */
export type SenderConstraint = (typeof SENDER_CONSTRAINTS)[number];

/** Absent means `none`. */
export const senderConstraintSchema = z
  .enum(SENDER_CONSTRAINTS, {
    error: `Choose what tokens are bound to: ${SENDER_CONSTRAINTS.join(', ')}`,
  })
  .optional();

/**
 * The settings that say which key calls need, as stored, written, or typed.
 *
 * @public
 */
export interface SenderConstraintSettings extends ClientCertificateSettings {
  /** What access tokens are bound to. Default: `none`. */
  senderConstraint?: SenderConstraint;
}

/**
 * Returns whether calls to the API need a key that only the backend has. Plugins call such an API through the backend
 * and get no token.
 *
 * @public
 */
export function isBoundToBackend(settings: SenderConstraintSettings): boolean {
  const { senderConstraint = 'none' } = settings;
  return senderConstraint !== 'none' || hasClientCertificate(settings);
}

/**
 * Returns whether the settings are incomplete without a client certificate, because tokens are bound to it.
 *
 * @public
 */
export function bindsToCertificate({
  senderConstraint,
}: SenderConstraintSettings): boolean {
  return senderConstraint === 'mtls';
}

/** Refuses bindings that don't fit how the API authenticates. */
export function checkSenderConstraint(
  settings: SenderConstraintSettings & {
    auth: KindSettings & { header?: { name?: string; prefix?: string } };
  },
  ctx: z.RefinementCtx,
): void {
  const { auth, senderConstraint = 'none' } = settings;
  if (senderConstraint === 'none') return;
  const refuse = (path: string[], found: Fault) =>
    addFault(ctx, found, { path });
  if (kindOf(auth) !== 'oauth2') {
    refuse(
      ['senderConstraint'],
      fault(
        senderConstraint === 'mtls'
          ? 'fault.senderConstraintMtls'
          : 'fault.senderConstraintDpop',
      ),
    );
    return;
  }
  if (senderConstraint !== 'dpop') return;
  const { name = 'Authorization', prefix = 'Bearer' } = auth.header ?? {};
  if (name.toLowerCase() !== 'authorization') {
    refuse(['auth', 'header', 'name'], fault('fault.dpopHeaderName'));
  }
  if (!['bearer', 'dpop'].includes(prefix.toLowerCase())) {
    refuse(['auth', 'header', 'prefix'], fault('fault.dpopHeaderPrefix'));
  }
}
