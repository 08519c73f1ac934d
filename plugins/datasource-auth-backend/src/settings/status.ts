import {
  bindsToCertificate,
  DatasourceStatus,
  DatasourceState,
  formatRequiredSettings,
  hasServiceCredential,
  instanceName,
  isFromSettings,
  LastError,
  Message,
  message,
  personalSecrets,
  renderMessages,
  RequiredSetting,
  requiredSettings,
  requiresClientCertificate,
  SECRET_SETTINGS,
  settingAt,
  StatusReason,
  templateExpressions,
} from 'backstage-plugin-datasource-auth-common';
import { needsPerson, requestsOther } from './binding';
import { certificateExpiry } from './clientCertificate';
import { formatDay, formatInstant, formatMoment } from './formatTime';
import { missingSecrets } from './missingSecrets';
import { BareSettings } from './secrets';

/** The facts besides the settings that decide the status. Times are epoch milliseconds of the database clock. */
export interface StatusFacts {
  settings: BareSettings;
  /** Paths of the secrets that are set. */
  secrets: Set<string>;
  now: number;
  /** Binding of the current settings. */
  binding: string;
  /** Present if the encrypted columns can't be read, with the encryption key if that is missing. */
  unreadable?: { missingKey?: string };
  /** Whether the database was copied, so that its credentials must not be used. */
  quarantined?: boolean;
  credential?: CredentialFacts;
}

/** The facts of a credential that decide the status. None of them is encrypted. */
export interface CredentialFacts {
  state: 'live' | 'refused' | 'cleared';
  reason?: string;
  stateChangedAt?: number;
  stateChangedBy?: string;
  hasToken: boolean;
  /** Present while a further request has yet to get the token. */
  stage?: 'answered';
  /** Whether the settings changed and a token for them is being requested in the background. */
  isBeingRequested?: boolean;
  binding: string;
  /** Hash of what it was requested with. */
  requested?: string;
  /** Whether tokens may be sent to the hosts of the current settings. */
  originsCovered: boolean;
  scope?: string;
  account?: string;
  /** Whether the user who approved it is no longer in the catalog. */
  authorizerLeft?: boolean;
  hasRefreshToken: boolean;
  obtainedAt?: number;
  expiresAt?: number;
  refreshExpiresAt?: number;
  verifiedAt?: number;
  lastUsedAt?: number;
  lastError?: LastError;
}

/** Number of consecutive failures after which a refresh shows as failing although the token is still valid. */
const FAILING_AFTER = 3;

/** Each is useless without the other. */
const CLIENT_CERTIFICATE: RequiredSetting[] = [
  'clientCertificate.certificate',
  'clientCertificate.key',
];

const REQUESTED_ON_USE = [message('reason.requestedOnUse')];

/** Returns the paths of the required settings that are missing. */
export function missingParameters(
  settings: BareSettings,
  secrets: Set<string>,
): RequiredSetting[] {
  const required = new Set([
    ...requiredSettings(settings.auth),
    ...(requiresClientCertificate(settings) ||
    bindsToCertificate(settings) ||
    secrets.has('clientCertificate.key')
      ? CLIENT_CERTIFICATE
      : []),
  ]);
  const missing: RequiredSetting[] = [...required].filter(
    path =>
      !(SECRET_SETTINGS.includes(path)
        ? secrets.has(path)
        : settingAt(settings, path)),
  );
  for (const name of instanceNames(settings)) {
    const value = settings.instance?.[name];
    const isSet =
      typeof value === 'string' ? value : secrets.has(`instance.${name}`);
    if (!isSet) missing.push(`instance.${name}`);
  }
  const all = [...missing, ...missingSecrets(settings, secrets)];
  return hasServiceCredential(settings) ? all : withoutPersonal(all, settings);
}

/** Returns the missing settings that matter to people: not those that they enter themselves. */
export function withoutPersonal(
  missing: RequiredSetting[],
  settings: BareSettings,
): RequiredSetting[] {
  const own: string[] = personalSecrets(settings);
  return own.length === 0
    ? missing
    : missing.filter(path => !own.includes(path));
}

/** Returns whether the refusal of a refresh token leaves no other likely explanation. */
export function isDoubtful(
  credential: Pick<CredentialFacts, 'state' | 'reason'>,
): boolean {
  return credential.state === 'live' && credential.reason === 'doubtful';
}

/**
 * Returns the status of a datasource. The first matching rule decides.
 */
export function statusOf(facts: StatusFacts): DatasourceStatus {
  const { credential, now, settings } = facts;
  const renewable = isRenewable(
    settings,
    credential && { ...credential, readAt: now },
  );
  const isFixed = isFromSettings(settings.auth);
  const requestChanged =
    credential?.hasToken &&
    needsPerson(settings) &&
    requestsOther(settings, credential);
  const base = {
    hasRefreshToken: credential?.hasRefreshToken ?? false,
    renewable,
    ...(isFixed && { fromSettings: true }),
    certificateExpiresAt: certificateExpiry(settings),
    ...(credential?.hasToken && {
      account: credential.account,
      expiresAt: credential.expiresAt,
      refreshExpiresAt: credential.refreshExpiresAt,
      obtainedAt: credential.obtainedAt,
      scope: credential.scope,
      ...(requestChanged && { requestChanged }),
    }),
    verifiedAt: credential?.verifiedAt,
    lastUsedAt: credential?.lastUsedAt,
    lastError: credential?.lastError,
  };
  const answer = (
    state: DatasourceState,
    reasonCode: StatusReason,
    reason: Message[],
    more?: Partial<DatasourceStatus>,
  ): DatasourceStatus => ({
    ...{ state, reasonCode, reason: renderMessages(reason) },
    ...more,
    ...base,
  });
  const authorized = (reasonCode: StatusReason, reason: Message) =>
    answer(
      'AUTHORIZED',
      reasonCode,
      requestChanged ? [reason, message('reason.requestChanged')] : [reason],
      credential?.authorizerLeft ? { authorizerLeft: true } : undefined,
    );

  const missing = missingParameters(settings, facts.secrets);
  if (missing.length > 0) {
    return answer(
      'NOT_CONFIGURED',
      'missing_settings',
      [message('reason.missing', { labels: formatRequiredSettings(missing) })],
      { missing },
    );
  }
  if (facts.unreadable) {
    const { missingKey } = facts.unreadable;
    return answer(
      'ERROR',
      'unreadable',
      [
        missingKey === undefined
          ? message('reason.unreadable')
          : message('reason.keyMissing', { id: missingKey }),
      ],
      { missingKey },
    );
  }
  if (!hasServiceCredential(settings)) {
    return answer('PER_USER', 'per_user', [message('reason.perUser')]);
  }
  if (facts.quarantined && credential?.hasToken) {
    return answer('ERROR', 'quarantined', [message('reason.quarantined')]);
  }
  if (credential?.isBeingRequested && !credential.lastError) {
    return answer('AUTHORIZED', 'renews_on_use', REQUESTED_ON_USE);
  }
  if (!credential || (credential.state === 'live' && !credential.hasToken)) {
    // A failed first request isn't an error of a credential. The reason says why it failed.
    return answer('NOT_AUTHORIZED', 'none', [
      message('reason.none'),
      ...(credential?.lastError ? [failureMessage(credential.lastError)] : []),
    ]);
  }
  if (credential.state === 'refused') {
    const noResponse = credential.reason === 'no_response';
    return answer(
      'NOT_AUTHORIZED',
      'refused',
      [message(noResponse ? 'reason.refusedNoResponse' : 'reason.refused')],
      noResponse ? { noResponse } : undefined,
    );
  }
  if (
    credential.state === 'cleared' &&
    credential.reason !== 'settings_changed'
  ) {
    return answer(
      'NOT_AUTHORIZED',
      'cleared',
      [clearedMessage(credential, now)],
      {
        clearedBy: credential.stateChangedBy,
        clearedAt: credential.stateChangedAt,
      },
    );
  }
  if (
    credential.state === 'cleared' ||
    credential.binding !== facts.binding ||
    !credential.originsCovered
  ) {
    return answer('NOT_AUTHORIZED', 'settings_changed', [
      message('reason.settingsChanged'),
    ]);
  }

  if (
    !isFixed &&
    !needsPerson(settings) &&
    requestsOther(settings, credential)
  ) {
    return answer('AUTHORIZED', 'renews_on_use', REQUESTED_ON_USE);
  }

  if (isDoubtful(credential)) {
    return answer('NOT_AUTHORIZED', 'doubtful', [message('reason.doubtful')]);
  }

  const { expiresAt, lastError } = credential;
  const expired = expiresAt !== undefined && expiresAt <= now;
  // A possible refusal is confirmed before users are told.
  const unconfirmed =
    credential.reason === 'suspected' && lastError?.attempts === 1;
  if (lastError?.code === 'rejected_by_api') {
    return answer('ERROR', 'rejected_by_api', [
      message('reason.failing', { problem: lastError.title }),
    ]);
  }
  if (lastError?.code === 'cannot_sign') {
    return answer('ERROR', 'cannot_sign', [
      message('reason.failing', { problem: lastError.title }),
      ...(lastError.texts?.cause ?? []),
    ]);
  }
  if (
    lastError &&
    ((expired && !unconfirmed) || lastError.attempts >= FAILING_AFTER)
  ) {
    return answer('ERROR', 'renewal_failing', [
      failureMessage(lastError),
      ...(expired || expiresAt === undefined
        ? []
        : [
            message('reason.lastTokenUntil', {
              time: formatInstant(expiresAt, now),
            }),
          ]),
    ]);
  }
  if (expired && !renewable) {
    return answer('NOT_AUTHORIZED', 'expired', [
      message(isFixed ? 'reason.expiredSecret' : 'reason.expired', {
        time: formatMoment(expiresAt, now),
      }),
    ]);
  }
  if (expired) {
    return authorized('renews_on_use', message('reason.renewsOnUse'));
  }
  if (settings.auth.type === 'jwt') {
    return authorized('signs_on_use', message('reason.signedOnUse'));
  }
  if (expiresAt === undefined) {
    return authorized('no_expiry', message('reason.noExpiry'));
  }
  return authorized(
    'valid',
    message(validReason(renewable, isFixed), {
      time: formatInstant(expiresAt, now),
    }),
  );
}

/**
 * Returns whether a token can be refreshed without a user. Without a refresh token, a provider that prolongs access
 * tokens does so only before they expire.
 */
export function isRenewable(
  settings: BareSettings,
  credential?: {
    hasRefreshToken: boolean;
    /** Present while a further request has yet to get the token. */
    stage?: 'answered';
    expiresAt?: number;
    /** The current time; a token that was just issued hasn't expired. */
    readAt?: number;
  },
): boolean {
  if (isFromSettings(settings.auth)) return false;
  if (!needsPerson(settings)) return true;
  if (!credential) return false;
  if (credential.stage) return true;
  const { hasRefreshToken, expiresAt = Infinity, readAt = 0 } = credential;
  const isProlonged = settings.auth.refresh?.keepsAccessToken === true;
  return hasRefreshToken || (isProlonged && expiresAt > readAt);
}

function validReason(renewable: boolean, isFixed: boolean) {
  if (renewable) return 'reason.validRenewable';
  return isFixed ? 'reason.validSecret' : 'reason.validFinal';
}

/** Returns the sort rank with which lists show first what needs a user. */
export function attentionRank(state: DatasourceState): number {
  return {
    ERROR: 3,
    NOT_AUTHORIZED: 2,
    NOT_CONFIGURED: 1,
    AUTHORIZED: 0,
    PER_USER: 0,
  }[state];
}

/**
 * Returns the state of a datasource before it has a credential.
 *
 * @param secrets - paths of the secrets that are set
 */
export function stateWithoutCredential(
  settings: BareSettings,
  secrets: Set<string>,
): DatasourceState {
  if (missingParameters(settings, secrets).length > 0) return 'NOT_CONFIGURED';
  return hasServiceCredential(settings) ? 'NOT_AUTHORIZED' : 'PER_USER';
}

/**
 * Returns the state of an attention rank.
 *
 * @param perUser - whether the datasource has only people's own credentials
 */
export function stateOf(attention: number, perUser: boolean): DatasourceState {
  return (
    [
      perUser ? 'PER_USER' : 'AUTHORIZED',
      ...(['NOT_CONFIGURED', 'NOT_AUTHORIZED', 'ERROR'] as const),
    ] as const
  )[attention];
}

function instanceNames(settings: BareSettings): string[] {
  const names = new Set<string>();
  const visit = (value: unknown) => {
    if (typeof value === 'string') {
      for (const expression of templateExpressions(value)) {
        const name = instanceName(expression);
        if (name && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) names.add(name);
      }
    } else if (value && typeof value === 'object') {
      Object.values(value).forEach(visit);
    }
  };
  visit(settings.auth);
  visit(settings.baseUrl);
  visit(settings.api);
  return [...names];
}

function clearedMessage(
  { stateChangedBy, stateChangedAt }: CredentialFacts,
  now: number,
): Message {
  if (!stateChangedAt) return message('reason.cleared');
  const day = formatDay(stateChangedAt, now);
  return stateChangedBy
    ? message('reason.clearedBy', {
        user: stateChangedBy.replace(/^user:[^/]+\//, ''),
        day,
      })
    : message('reason.clearedOn', { day });
}

function failureMessage({ title, attempts }: LastError): Message {
  return attempts > 1
    ? message('reason.failingOften', { problem: title, attempts })
    : message('reason.failing', { problem: title });
}
