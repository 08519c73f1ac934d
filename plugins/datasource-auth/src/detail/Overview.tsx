import { ReactNode } from 'react';
import { DateTime, ReasonLine } from 'backstage-plugin-datasource-auth-react';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  Datasource,
  fillInstance,
  filledScopes,
  grantOrKindOf,
  missingScopes,
  oauth2Settings,
  omitsClientId,
} from 'backstage-plugin-datasource-auth-common';
import { hasRedirectUri } from '../kinds';
import { CredentialRows } from '../authorization/CredentialView';
import { Breakable, CopyButton, useElementId } from '../frame';
import { personName } from '../frame/personName';
import { useStateName, useText } from '../translation';
import { Snippet } from '../usage/Snippet';
import { UsageSection } from '../usage/UsageSection';
import { DescriptionNotice } from './DescriptionNotice';
import { EntityLinks } from './EntityLinks';
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
  credential: { flex: '3 1 400px', gap: theme.spacing(3) },
  card: { padding: theme.spacing(2) },
  help: { ...theme.typography.body2, '& summary': { cursor: 'pointer' } },
  // The notice inside has its own margin.
  whole: { flex: '1 0 100%', marginBottom: theme.spacing(-2) },
  list: {
    ...theme.typography.body2,
    color: theme.palette.text.primary,
    margin: 0,
  },
  // On a phone, every value goes below its name for consistency.
  row: {
    display: 'flex',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
    [theme.breakpoints.down('xs')]: { display: 'block' },
  },
  term: { flex: '0 0 112px', color: theme.palette.text.secondary },
  value: { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
  warning: { display: 'block' },
}));

/** Props of {@link Overview}. */
export interface OverviewProps {
  datasource: Datasource;
  onChanged: () => void;
}

/** Shows the credential of a saved datasource, its use, and a summary of its settings. */
export const Overview = ({ datasource, onChanged }: OverviewProps) => {
  const t = useText();
  const stateName = useStateName();
  const classes = useStyles();
  const id = useElementId();
  const { name, auth, status, consumers } = datasource;
  const oauth = oauth2Settings(auth);
  const grantType = grantOrKindOf(auth);

  const asked = {
    scopes: oauth?.scopes ?? [],
    instance: datasource.instance,
  };
  // A provider may grant more than was requested.
  const scopes = [
    ...new Set([...filledScopes(asked), ...(status.scope?.split(/\s+/) ?? [])]),
  ];
  const lacking = missingScopes({
    ...asked,
    ...{ granted: status.scope, hasRefreshToken: status.hasRefreshToken },
  });
  const description = useDescriptionChanges(datasource);
  const row = (term: string, value: ReactNode) => (
    <div className={classes.row}>
      <dt className={classes.term}>{term}</dt>
      <dd className={classes.value}>{value}</dd>
    </div>
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
      <div className={`${classes.column} ${classes.credential}`}>
        {status.state === 'AUTHORIZED' && (
          <Paper
            variant="outlined"
            component="section"
            className={classes.card}
            aria-labelledby={`${id}-credential`}
          >
            <Typography id={`${id}-credential`} variant="h6" component="h3">
              {t('detail.credential')}
            </Typography>
            {oauth ? (
              <CredentialRows
                credential={status}
                grantType={grantType}
                withoutScopes
              />
            ) : (
              <Typography variant="body2">
                <ReasonLine status={status} />
              </Typography>
            )}
          </Paper>
        )}
        <UsageSection name={name} />
        {status.state === 'AUTHORIZED' && (
          <details className={classes.help}>
            <summary>{t('detail.troubleshootingTitle')}</summary>
            {t(
              oauth ? 'detail.troubleshooting' : 'detail.troubleshootingHeld',
              { state: stateName(status.state) },
            )}
          </details>
        )}
      </div>
      <section className={classes.column} aria-labelledby={`${id}-settings`}>
        <Typography id={`${id}-settings`} variant="h6" component="h3">
          {t('detail.settings')}
        </Typography>
        {datasource.source === 'config' && (
          <Typography variant="body2">{t('detail.declared')}</Typography>
        )}
        {datasource.description && (
          <Typography variant="body2">{datasource.description}</Typography>
        )}
        <dl className={classes.list}>
          {row(
            t(oauth ? 'field.grantType' : 'field.authType'),
            t(`grant.${grantType}`),
          )}
          {row(
            t('field.baseUrl'),
            datasource.baseUrl
              ? fillInstance(datasource.baseUrl, datasource.instance)
              : t('detail.notSet'),
          )}
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
            row(
              t('field.scopes'),
              <>
                {scopes.join(', ') || t('detail.notSet')}
                {lacking.length > 0 && (
                  <strong className={classes.warning}>
                    {t('detail.missingScopes', { scopes: lacking.join(', ') })}
                  </strong>
                )}
                {status.requestChanged && (
                  <strong className={classes.warning}>
                    {t('detail.requestChanged')}
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
        <Snippet
          name={name}
          grantOrKind={grantType}
          subjects={datasource.subjects}
        />
      </section>
    </div>
  );
};
