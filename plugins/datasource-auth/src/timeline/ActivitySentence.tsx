import { Fragment, ReactNode } from 'react';
import {
  ActivityEntry,
  DatasourceState,
  GrantOrKind,
  isApprovedByPerson,
  isHeldBySettings,
  SettingChange,
} from 'backstage-plugin-datasource-auth-common';
import { DateTime, useLocale } from 'backstage-plugin-datasource-auth-react';
import { formatRecipient } from '../requests/formatRecipient';
import { settingLabel } from '../settings/settingLabel';
import { personName } from '../frame/personName';
import { Text, useStateName, useText } from '../translation';
import { TimelineLine } from './timelineDays';

/** Returns the actor's name for a sentence. */
export function formatActor(t: Text, actor: string | undefined): string {
  if (!actor) return t('activity.backstage');
  if (actor.startsWith('plugin:'))
    return t('activity.plugin', { plugin: actor.slice('plugin:'.length) });
  if (actor.startsWith('external:')) return actor.slice('external:'.length);
  return personName(actor);
}

/** Returns the changed settings of an `updated` entry. */
export function changesOf(entry: ActivityEntry): SettingChange[] {
  return (entry.details.changes as SettingChange[] | undefined) ?? [];
}

/** Lists settings in bold in the user's language, for example "Token URL and Scopes". */
const Listed = ({ items }: { items: string[] }) => (
  <>
    {new Intl.ListFormat(useLocale(), { type: 'conjunction' })
      .formatToParts(items)
      .map(({ type, value }, index) =>
        type === 'element' ? (
          <strong key={value}>{value}</strong>
        ) : (
          // No text occurs twice in a row.
          <Fragment key={`${index}${value}`}>{value}</Fragment>
        ),
      )}
  </>
);

const Code = ({ children }: { children: ReactNode }) => (
  <code lang="en">{children}</code>
);

interface SentenceProps {
  entry: ActivityEntry;
  grantType: GrantOrKind;
}

const Updated = ({ entry }: { entry: ActivityEntry }) => {
  const t = useText();
  const who = formatActor(t, entry.actor);
  const labels = changesOf(entry).map(({ path }) => settingLabel(t, path));
  if (labels.length === 0) return <>{t('activity.savedUnchanged', { who })}</>;
  const what = <Listed items={[...new Set(labels)]} />;
  return <>{t('activity.updated', { who, what })}</>;
};

const Authorized = ({ entry, grantType }: SentenceProps) => {
  const t = useText();
  const who = formatActor(t, entry.actor);
  const { account, scope, askedBy } = entry.details as {
    account?: string | null;
    scope?: string | null;
    askedBy?: string;
  };
  if (isHeldBySettings(grantType))
    return <>{t('activity.secretsSaved', { who })}</>;
  const byPerson = isApprovedByPerson(grantType);
  return (
    <>
      {byPerson && account
        ? t('activity.approvedAs', { who, account })
        : t(byPerson ? 'activity.approved' : 'activity.obtained', { who })}
      {scope &&
        ` ${t('activity.scopes', { scopes: scope.split(/\s+/).join(', ') })}`}
      {askedBy &&
        ` ${t('activity.atRequestOf', { asker: formatActor(t, askedBy) })}`}
    </>
  );
};

const Requested = ({ entry }: { entry: ActivityEntry }) => {
  const t = useText();
  const who = formatActor(t, entry.actor);
  const { recipient, askedBy } = entry.details as {
    recipient?: string | null;
    askedBy?: string;
  };
  const to = recipient && formatRecipient(recipient);
  switch (entry.kind) {
    case 'request_declined':
      return (
        <>{t('activity.declined', { who, asker: formatActor(t, askedBy) })}</>
      );
    case 'request_withdrawn':
      return (
        <>
          {to
            ? t('activity.withdrawn', { who, recipient: to })
            : t('activity.withdrawnLink', { who })}
        </>
      );
    default:
      return (
        <>
          {to
            ? t('activity.asked', { who, recipient: to })
            : t('activity.askedAnyone', { who })}
        </>
      );
  }
};

const ValidUntil = ({ entry }: { entry: ActivityEntry }) => {
  const t = useText();
  const { expiresAt } = entry.details as { expiresAt?: number | null };
  if (!expiresAt) return null;
  const time = <DateTime value={expiresAt} format="clock" />;
  return <> {t('activity.validUntil', { time })}</>;
};

const Tested = ({ entry }: { entry: ActivityEntry }) => {
  const t = useText();
  const who = formatActor(t, entry.actor);
  const { ok, status, duration } = entry.details as {
    ok?: boolean;
    status?: number | null;
    duration?: number | null;
  };
  if (!status)
    return (
      <>{t(ok ? 'activity.testedToken' : 'activity.testFailed', { who })}</>
    );
  return (
    <>
      {t('activity.tested', {
        who,
        status: String(status),
        duration: String(duration ?? 0),
      })}
    </>
  );
};

/** Describes one refresh, automatic or manual. */
function renewed(t: Text, { actor, details }: ActivityEntry): ReactNode {
  if (!actor)
    return t(
      details.rotated ? 'activity.refreshedRotated' : 'activity.refreshed',
    );
  const who = formatActor(t, actor);
  return t(
    details.rotated ? 'activity.refreshedRotatedBy' : 'activity.refreshedBy',
    { who },
  );
}

/** Describes one timeline entry in a sentence. */
export const ActivitySentence = (props: {
  line: TimelineLine;
  grantType: GrantOrKind;
}) => {
  const { line, grantType } = props;
  const [entry] = line.entries;
  const t = useText();
  const stateName = useStateName();
  const who = formatActor(t, entry.actor);
  const code = <Code>{String(entry.details.code ?? '')}</Code>;
  switch (entry.kind) {
    case 'created':
      return <>{t('activity.created', { who })}</>;
    case 'updated':
      return <Updated entry={entry} />;
    case 'authorized':
      return <Authorized entry={entry} grantType={grantType} />;
    case 'rejected':
      return (
        <>
          {entry.details.status
            ? t('activity.rejected', {
                who,
                status: String(entry.details.status),
              })
            : t('activity.rejectedUnchecked', { who })}
        </>
      );
    case 'refreshed':
      return (
        <>
          {line.entries.length > 1
            ? t('activity.refreshedTimes', { count: line.entries.length })
            : renewed(t, entry)}
          <ValidUntil entry={entry} />
        </>
      );
    case 'refresh_failed':
      return (
        <>
          {entry.actor
            ? t('activity.refreshFailedBy', { who, code })
            : t('activity.refreshFailed', {
                code,
                attempt: String(entry.details.attempt ?? 1),
              })}
        </>
      );
    case 'refused': {
      const facts = {
        code,
        from: stateName('AUTHORIZED'),
        to: stateName('NOT_AUTHORIZED'),
      };
      return (
        <>
          {entry.actor
            ? t('activity.refusedBy', { who, ...facts })
            : t('activity.refused', facts)}
        </>
      );
    }
    case 'authorization_failed':
      return (
        <>
          {t('activity.authorizationFailed', {
            who,
            code,
          })}
        </>
      );
    case 'authorization_requested':
    case 'request_declined':
    case 'request_withdrawn':
      return <Requested entry={entry} />;
    case 'revoked':
      return (
        <>
          {t(
            entry.details.confirmed
              ? 'activity.revoked'
              : 'activity.revocationUnconfirmed',
          )}
        </>
      );
    case 'status_changed':
      return (
        <>
          {t('activity.statusChanged', {
            from: stateName(entry.details.from as DatasourceState),
            to: stateName(entry.details.to as DatasourceState),
          })}
        </>
      );
    case 'cleared':
      return <>{t('activity.cleared', { who })}</>;
    case 'disconnected': {
      const people = String(entry.details.people);
      return <>{t('activity.disconnected', { who, people })}</>;
    }
    case 'tested':
      return <Tested entry={entry} />;
    case 'rehearsed':
      return (
        <>
          {t('activity.rehearsed', { who })}{' '}
          {t(`activity.verdict.${String(entry.details.verdict) as 'rotated'}`)}
        </>
      );
    case 'consumer_denied':
      return (
        <>
          {t('activity.denied', {
            plugin: (
              <strong>{(entry.actor ?? '').replace(/^plugin:/, '')}</strong>
            ),
          })}
        </>
      );
    default:
      return <>{t('activity.other', { who, kind: entry.kind })}</>;
  }
};
