import {
  DatasourceStatus,
  GrantOrKind,
  isHeldBySettings,
  StatusReason,
} from 'backstage-plugin-datasource-auth-common';
import { FieldId } from '../kinds';

/**
 * The one step that repairs a datasource: get a credential, get another one, get one of someone else's account, retry
 * the refresh, or change settings.
 */
export type Repair =
  | 'connect'
  | 'reconnect'
  | 'handOver'
  | 'renew'
  | 'settings';

/** The steps that get a new credential. */
type Obtaining = Exclude<Repair, 'renew' | 'settings'>;

/** Returns whether a step gets a new credential. */
export function isObtaining(step: Repair | undefined): step is Obtaining {
  return step !== undefined && step !== 'renew' && step !== 'settings';
}

/**
 * Errors of a token endpoint that no retry can fix (RFC 6749, section 5.2; RFC 8707), with the settings that each can be
 * about, the likeliest first.
 */
export const SETTINGS_AT_FAULT: Record<string, FieldId[] | undefined> = {
  invalid_client: ['clientSecret', 'privateKey', 'clientId'],
  invalid_scope: ['scopes'],
  invalid_target: ['resource', 'audience'],
  unauthorized_client: ['clientId'],
  unsupported_grant_type: ['grantType'],
};

interface Facts {
  status: DatasourceStatus;
  isHeld: boolean;
  settingsAtFault: boolean;
}

type Rule = (facts: Facts) => Repair | undefined;

/** It works, but another credential is better. */
const improve: Rule = ({ status }) => {
  if (status.authorizerLeft) return 'handOver';
  return status.requestChanged ? 'reconnect' : undefined;
};

/** A credential in the settings is replaced there. */
const replace: Rule = ({ isHeld }) => (isHeld ? 'settings' : 'reconnect');

const REPAIRS: Record<StatusReason, Rule> = {
  missing_settings: () => 'settings',
  // Only the operator can restore a missing key.
  unreadable: facts =>
    facts.status.missingKey === undefined ? replace(facts) : undefined,
  refused: replace,
  doubtful: replace,
  settings_changed: replace,
  none: ({ isHeld, settingsAtFault }) =>
    isHeld || settingsAtFault ? 'settings' : 'connect',
  cleared: () => 'connect',
  renewal_failing: ({ settingsAtFault }) =>
    settingsAtFault ? 'settings' : 'renew',
  rejected_by_api: replace,
  cannot_sign: () => 'settings',
  expired: replace,
  quarantined: () => undefined,
  // Each person repairs their own connection.
  per_user: () => undefined,
  valid: improve,
  no_expiry: improve,
  renews_on_use: improve,
  signs_on_use: improve,
};

/** Returns the step that repairs a saved datasource; undefined if nothing is wrong, or the page can't repair it. */
export function repairOf(datasource: {
  status: DatasourceStatus;
  grantOrKind: GrantOrKind;
  /** Whether the user may change its settings on the page. */
  editable: boolean;
}): Repair | undefined {
  const { status, grantOrKind, editable } = datasource;
  // During an upgrade, a newer backend can name a reason that the page doesn't know.
  const rule = REPAIRS[status.reasonCode] as Rule | undefined;
  const repair = rule?.({
    status,
    isHeld: isHeldBySettings(grantOrKind),
    settingsAtFault: Object.hasOwn(
      SETTINGS_AT_FAULT,
      status.lastError?.code ?? '',
    ),
  });
  return repair === 'settings' && !editable ? undefined : repair;
}
