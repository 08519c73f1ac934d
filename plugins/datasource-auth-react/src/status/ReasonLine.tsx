import { ReactNode } from 'react';
import {
  DatasourceStatus,
  REQUIRED_SETTINGS,
  RequiredSetting,
  StatusReason,
} from 'backstage-plugin-datasource-auth-common';
import { DateTime } from '../time';
import { Text, useText } from '../translation/useText';
import { BackendText, useBackendText } from '../translation/useBackendText';

/**
 * Props of {@link ReasonLine}.
 *
 * @public
 */
export interface ReasonLineProps {
  /** The status from the list or the datasource's page. */
  status: DatasourceStatus;
}

const expiryOf = ({ expiresAt }: DatasourceStatus) =>
  expiresAt !== undefined && <DateTime value={expiresAt} format="clock" />;

const isValid = ({ expiresAt }: DatasourceStatus) =>
  expiresAt !== undefined && expiresAt > Date.now();

const INSTANCE = 'instance.';

function settingLabel(path: RequiredSetting, t: Text): string {
  if (path in REQUIRED_SETTINGS)
    return t(`setting.${path as keyof typeof REQUIRED_SETTINGS}`);
  return path.startsWith(INSTANCE)
    ? t('instanceValue', { name: path.slice(INSTANCE.length) })
    : path;
}

/** Returns the title of the last failure, and the number of attempts. */
const problemOf = (
  { lastError, reason }: DatasourceStatus,
  t: Text,
  backend: BackendText,
): string => {
  if (!lastError) return reason;
  const { attempts } = lastError;
  const problem = backend(lastError.texts?.title, lastError.title);
  return attempts > 1
    ? t('message.reason.failingOften', { problem, attempts: `${attempts}` })
    : t('message.reason.failing', { problem });
};

const TEXTS: Record<
  StatusReason,
  (status: DatasourceStatus, t: Text, backend: BackendText) => ReactNode
> = {
  missing_settings: (status, t) =>
    status.missing?.length
      ? t('message.reason.missing', {
          labels: status.missing.map(path => settingLabel(path, t)).join(', '),
        })
      : status.reason,
  unreadable: ({ missingKey }, t) =>
    missingKey === undefined
      ? t('message.reason.unreadable')
      : t('message.reason.keyMissing', { id: missingKey }),
  refused: ({ noResponse }, t) =>
    t(
      noResponse
        ? 'message.reason.refusedNoResponse'
        : 'message.reason.refused',
    ),
  doubtful: (_, t) => t('message.reason.doubtful'),
  settings_changed: (_, t) => t('message.reason.settingsChanged'),
  none: (status, t, backend) =>
    [
      t('message.reason.none'),
      status.lastError && problemOf(status, t, backend),
    ]
      .filter(Boolean)
      .join(' '),
  cleared: ({ clearedAt, clearedBy }, t) => {
    if (!clearedAt) return t('message.reason.cleared');
    const day = <DateTime value={clearedAt} format="date" />;
    return clearedBy
      ? t('message.reason.clearedBy', {
          user: clearedBy.replace(/^user:[^/]+\//, ''),
          day,
        })
      : t('message.reason.clearedOn', { day });
  },
  renewal_failing: (status, t, backend) => {
    const time = isValid(status) && expiryOf(status);
    return (
      <>
        {problemOf(status, t, backend)}
        {time && <> {t('message.reason.lastTokenUntil', { time })}</>}
      </>
    );
  },
  rejected_by_api: problemOf,
  cannot_sign: (status, t, backend) =>
    [
      problemOf(status, t, backend),
      backend(status.lastError?.texts?.cause, status.lastError?.cause ?? ''),
    ]
      .filter(Boolean)
      .join(' '),
  expired: (status, t) => {
    const time = expiryOf(status);
    if (!time) return status.reason;
    return status.fromSettings
      ? t('message.reason.expiredSecret', { time })
      : t('message.reason.expired', { time });
  },
  quarantined: (_, t) => t('message.reason.quarantined'),
  per_user: (_, t) => t('message.reason.perUser'),
  valid: (status, t) => {
    const time = expiryOf(status);
    if (!time) return t('message.reason.noExpiry');
    if (status.fromSettings) return t('message.reason.validSecret', { time });
    return status.renewable
      ? t('message.reason.validRenewable', { time })
      : t('message.reason.validFinal', { time });
  },
  no_expiry: (_, t) => t('message.reason.noExpiry'),
  renews_on_use: (_, t) => t('message.reason.renewsOnUse'),
  signs_on_use: (_, t) => t('message.reason.signedOnUse'),
};

/**
 * Shows in one sentence why a datasource has its status.
 *
 * @public
 */
export const ReasonLine = ({ status }: ReasonLineProps) => {
  const t = useText();
  const backend = useBackendText();
  // During an upgrade the backend can be newer than this page and name a reason that the page doesn't know.
  const text = TEXTS[status.reasonCode];
  return <>{text ? text(status, t, backend) : status.reason}</>;
};
