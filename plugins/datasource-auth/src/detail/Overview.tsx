import { ReactNode, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  datasourceAuthApiRef,
  DateTime,
  useErrorText,
} from 'backstage-plugin-datasource-auth-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  Datasource,
  filledScopes,
  grantOrKindOf,
  isHeldBySettings,
  missingScopes,
  oauth2Settings,
  omitsClientId,
} from 'backstage-plugin-datasource-auth-common';
import { hasRedirectUri } from '../kinds';
import { useCommitPanel } from '../actions/useCommitPanel';
import { AuthorizationPanel } from '../authorization/AuthorizationPanel';
import {
  Breakable,
  CopyButton,
  useAnnounce,
  useElementId,
  useToast,
} from '../frame';
import { personName } from '../frame/personName';
import { useStateName, useText } from '../translation';
import { Snippet } from '../usage/Snippet';
import { UsageSection } from '../usage/UsageSection';
import { DescriptionNotice } from './DescriptionNotice';
import { EntityLinks } from './EntityLinks';
import { needsPerson } from './needsPerson';
import { useDescriptionChanges } from './useDescriptionChanges';

const useStyles = makeStyles(theme => ({
  columns: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(3),
  },
  column: {
    flex: '2 1 360px',
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
  },
  // The panel's actions stay in one row if there is room.
  panel: { flex: '3 1 400px' },
  // The notice inside has its own margin.
  whole: { flex: '1 0 100%', marginBottom: theme.spacing(-2) },
  list: {
    ...theme.typography.body2,
    color: theme.palette.text.primary,
    margin: 0,
  },
  term: { color: theme.palette.text.secondary },
  value: { margin: theme.spacing(0, 0, 1), overflowWrap: 'anywhere' },
}));

/** Props of {@link Overview}. */
export interface OverviewProps {
  datasource: Datasource;
  onChanged: () => void;
}

/** Shows the credential of a saved datasource and a summary of its settings. Actions take effect immediately. */
export const Overview = ({ datasource, onChanged }: OverviewProps) => {
  const t = useText();
  const errorText = useErrorText();
  const stateName = useStateName();
  const classes = useStyles();
  const id = useElementId();
  const api = useApi(datasourceAuthApiRef);
  const toast = useToast();
  const announce = useAnnounce();
  const heading = useRef<HTMLHeadingElement>(null);
  const [banner, setBanner] = useState<string>();
  const { name, auth, status, consumers, allowed } = datasource;
  const title = datasource.title ?? name;
  const oauth = oauth2Settings(auth);
  const grantType = grantOrKindOf(auth);

  const panel = useCommitPanel({ name, grantType, status }, () => {
    setBanner(t('panel.committed'));
    announce(t('panel.committed'));
    heading.current?.focus();
    onChanged();
  });

  const clear = async (revoke: boolean) => {
    try {
      await api.clearCredential(name, { revoke });
      setBanner(undefined);
      announce(t('list.cleared', { title }));
      onChanged();
    } catch (error) {
      toast('error', errorText(error));
    }
  };

  const granted = status.scope?.split(/\s+/) ?? [];
  const asked = {
    scopes: oauth?.scopes ?? [],
    instance: datasource.instance,
  };
  const requested = filledScopes(asked);
  const lacking = missingScopes({
    ...asked,
    ...{ granted: status.scope, hasRefreshToken: status.hasRefreshToken },
  });
  const forecast = needsPerson(datasource);
  const description = useDescriptionChanges(datasource);
  const row = (term: string, value: ReactNode) => (
    <>
      <dt className={classes.term}>{term}</dt>
      <dd className={classes.value}>{value}</dd>
    </>
  );
  let who: ReactNode = t('detail.nobody');
  if (consumers === '*') who = t('list.anyPlugin');
  else if (consumers.length) who = consumers.join(', ');

  return (
    <div className={classes.columns}>
      {description && description.changes.length > 0 && (
        <div className={classes.whole}>
          <DescriptionNotice
            datasource={datasource}
            changes={description.changes}
            onChanged={onChanged}
          />
        </div>
      )}
      <div className={`${classes.column} ${classes.panel}`}>
        <AuthorizationPanel
          panel={panel}
          grantType={grantType}
          title={title}
          saved={status}
          failedTest={datasource.failedTest}
          consumers={consumers}
          redirectUri={datasource.callbackUrl}
          banner={banner}
          effect="immediate"
          mayAuthorize={allowed.authorize}
          mayClear={allowed.clear}
          mayAsk={allowed.ask}
          onClear={clear}
          onTried={onChanged}
          headingRef={heading}
        />
        {forecast && (
          <Typography>
            {t('detail.needsPersonBy', {
              time: <DateTime value={forecast.at} format="clock" />,
              why: t(`detail.needsPerson.${forecast.why}`),
            })}
          </Typography>
        )}
        {status.state === 'AUTHORIZED' && (
          <Typography variant="caption">
            {t(
              isHeldBySettings(grantType)
                ? 'detail.troubleshootingHeld'
                : 'detail.troubleshooting',
              { state: stateName(status.state) },
            )}
          </Typography>
        )}
        <UsageSection name={name} />
      </div>
      <section className={classes.column} aria-labelledby={`${id}-settings`}>
        <Typography id={`${id}-settings`} variant="h6" component="h3">
          {t('detail.settings')}
        </Typography>
        {datasource.description && (
          <Typography>{datasource.description}</Typography>
        )}
        <dl className={classes.list}>
          {row(
            t(oauth ? 'field.grantType' : 'field.authType'),
            t(`grant.${grantType}`),
          )}
          {row(t('field.baseUrl'), datasource.baseUrl ?? t('detail.notSet'))}
          {oauth &&
            row(
              t('field.clientId'),
              omitsClientId(oauth)
                ? t('flag.none')
                : oauth.clientId || t('detail.notSet'),
            )}
          {hasRedirectUri(grantType) &&
            row(
              t('detail.redirectUri'),
              <>
                <code>
                  <Breakable text={datasource.callbackUrl} />
                </code>
                <CopyButton
                  text={datasource.callbackUrl}
                  what={t('detail.redirectUri')}
                />
              </>,
            )}
          {oauth &&
            row(t('field.tokenUrl'), oauth.token.url ?? t('detail.notSet'))}
          {oauth &&
            row(
              t('detail.requestedScopes'),
              <>
                {requested.join(', ') || t('detail.notSet')}
                {status.requestChanged && (
                  <strong>
                    {' ⚠ '}
                    {t('detail.requestChanged')}
                  </strong>
                )}
              </>,
            )}
          {status.scope &&
            row(
              t('detail.grantedScopes'),
              <>
                {granted.join(', ')}
                {lacking.length > 0 && (
                  <strong>
                    {' ⚠ '}
                    {t('detail.missingScopes', { scopes: lacking.join(', ') })}
                  </strong>
                )}
              </>,
            )}
          {row(t('field.consumers'), who)}
          {row(
            t('detail.updated'),
            datasource.updatedBy ? (
              t('detail.updatedBy', {
                time: <DateTime value={datasource.updatedAt} />,
                who: personName(datasource.updatedBy),
              })
            ) : (
              <DateTime value={datasource.updatedAt} />
            ),
          )}
        </dl>
        <EntityLinks
          datasource={datasource}
          unreadable={description?.unreadable}
        />
        <Snippet name={name} grantOrKind={grantType} />
      </section>
    </div>
  );
};
