import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  ConnectedPeople,
  Datasource,
} from 'backstage-plugin-datasource-auth-common';
import {
  datasourceAuthApiRef,
  DateTime,
  useErrorText,
} from 'backstage-plugin-datasource-auth-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  ConfirmDialog,
  EntityLink,
  Notice,
  useAnnounce,
  useElementId,
} from '../frame';
import {
  StackedCell,
  StackedHeader,
  StackedRow,
  StackedTable,
} from '../frame/StackedTable';
import { useText } from '../translation';

const useStyles = makeStyles(theme => ({
  actions: { marginTop: theme.spacing(2), display: 'flex', gap: 8 },
  heading: { '&:focus': { outline: 'none' } },
}));

/** Props of {@link PeopleTab}. */
export interface PeopleTabProps {
  datasource: Datasource;
  onChanged: () => void;
}

/** Shows how many people connected their own account. Users with the permission see who, and can disconnect them. */
export const PeopleTab = ({ datasource, onChanged }: PeopleTabProps) => {
  const { name, title = name, connections = 0, allowed } = datasource;
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  const api = useApi(datasourceAuthApiRef);
  const announce = useAnnounce();
  const errorText = useErrorText();
  const heading = useRef<HTMLHeadingElement>(null);
  const [people, setPeople] = useState<ConnectedPeople>();
  const [outcome, setOutcome] = useState<{
    severity: 'success' | 'warning' | 'error';
    text: string;
  }>();
  /** Whom to disconnect, once it is confirmed. */
  const [asking, setAsking] = useState<{ user?: string }>();
  const mayManage = allowed.connections === true;

  const load = useCallback(
    async (after?: string) => {
      try {
        const page = await api.listConnectedPeople(name, { after });
        setPeople(shown =>
          after && shown
            ? { ...page, items: [...shown.items, ...page.items] }
            : page,
        );
      } catch (error) {
        setOutcome({ severity: 'error', text: errorText(error) });
      }
    },
    [api, errorText, name],
  );
  useEffect(() => {
    if (mayManage) load();
  }, [load, mayManage]);
  useEffect(() => {
    if (!outcome) return;
    announce(outcome.text);
    heading.current?.focus();
  }, [announce, outcome]);

  const disconnect = async ({ user }: { user?: string }) => {
    setAsking(undefined);
    try {
      if (user === undefined) {
        const { disconnected } = await api.disconnectEveryone(name);
        setOutcome({
          severity: 'success',
          text: t('people.doneAll', { count: disconnected }),
        });
      } else {
        const { revoked } = await api.disconnectPerson(name, user);
        setOutcome({
          severity: revoked ? 'success' : 'warning',
          text: t(revoked ? 'people.done' : 'people.notRevoked', { user }),
        });
      }
    } catch (error) {
      setOutcome({ severity: 'error', text: errorText(error) });
    }
    await load();
    onChanged();
  };

  return (
    <>
      <Typography
        id={id}
        ref={heading}
        tabIndex={-1}
        variant="h6"
        component="h3"
        className={classes.heading}
      >
        {t('people.count', { count: people?.totalItems ?? connections })}
      </Typography>
      <Typography variant="body2" paragraph>
        {t(mayManage ? 'people.private' : 'people.notAllowed')}
      </Typography>
      {outcome && <Notice severity={outcome.severity}>{outcome.text}</Notice>}
      {people && people.items.length > 0 && (
        <StackedTable
          labelledBy={id}
          columns={[
            t('people.column.user'),
            t('people.column.since'),
            t('people.column.lastUse'),
            t('people.column.actions'),
          ]}
        >
          {people.items.map(({ user, connectedAt, lastUsedAt }) => (
            <StackedRow key={user}>
              <StackedHeader>
                <EntityLink entityRef={user} defaultKind="user">
                  {user}
                </EntityLink>
              </StackedHeader>
              <StackedCell label={t('people.column.since')}>
                {connectedAt && <DateTime value={connectedAt} />}
              </StackedCell>
              <StackedCell label={t('people.column.lastUse')}>
                {lastUsedAt ? (
                  <DateTime value={lastUsedAt} />
                ) : (
                  t('people.neverUsed')
                )}
              </StackedCell>
              <StackedCell label={t('people.column.actions')}>
                <Button
                  size="small"
                  variant="outlined"
                  aria-label={t('people.disconnectOf', { user })}
                  onClick={() => setAsking({ user })}
                >
                  {t('people.disconnect')}
                </Button>
              </StackedCell>
            </StackedRow>
          ))}
        </StackedTable>
      )}
      {people && people.items.length > 0 && (
        <div className={classes.actions}>
          {people.nextAfter && (
            <Button onClick={() => load(people.nextAfter)}>
              {t('people.more')}
            </Button>
          )}
          <Button onClick={() => setAsking({})}>{t('people.everyone')}</Button>
        </div>
      )}
      {asking && (
        <ConfirmDialog
          title={
            asking.user === undefined
              ? t('people.confirm.everyone', { title })
              : t('people.confirm.one', { title, user: asking.user })
          }
          text={t('people.confirm.text')}
          keep={t('people.confirm.keep')}
          confirm={t('people.disconnect')}
          destructive
          onKeep={() => setAsking(undefined)}
          onConfirm={() => disconnect(asking)}
        />
      )}
    </>
  );
};
