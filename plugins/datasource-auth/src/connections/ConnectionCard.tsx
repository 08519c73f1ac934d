import { ReactNode, useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  ConnectAccount,
  datasourceAuthApiRef,
  DateTime,
  TermsList,
  useConnectAttempt,
  useErrorText,
} from 'backstage-plugin-datasource-auth-react';
import {
  Connection,
  Delegation,
} from 'backstage-plugin-datasource-auth-common';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  ConfirmDialog,
  Notice,
  ProviderMark,
  useAnnounce,
  useElementId,
} from '../frame';
import { useText } from '../translation';
import { ConnectionMarker } from './ConnectionMarker';
import { DelegationsOf } from './DelegationsOf';
import { newTerms } from './newTerms';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1.5),
    padding: theme.spacing(2),
    // The parts bring their own space for elsewhere.
    '& > *': { margin: 0 },
  },
  sought: {
    outline: `2px solid ${theme.palette.primary.main}`,
    outlineOffset: 2,
  },
  heading: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(0.5, 2),
  },
  title: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    minWidth: 0,
    overflowWrap: 'anywhere',
    '& h3:focus': { outline: 'none' },
  },
  description: { color: theme.palette.text.secondary },
  facts: {
    ...theme.typography.body2,
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 3),
    overflowWrap: 'anywhere',
    '& span span': { color: theme.palette.text.secondary },
  },
  help: { ...theme.typography.body2, '& summary': { cursor: 'pointer' } },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
  },
  destructive: { color: theme.palette.error.main },
}));

/** Props of {@link ConnectionCard}. */
export interface ConnectionCardProps {
  connection: Connection;
  /** Whether the person may connect at all. They may always disconnect. */
  mayConnect: boolean;
  /** Whether the person followed a link to it. */
  sought: boolean;
  /** ID of an attempt with which the person returned in the same tab. */
  returned?: string;
  /** Leads to the next datasource that isn't connected yet, if there is one. */
  next?: { title: string; focus: () => void };
  onChanged: () => void;
}

/** A person's own connection to one datasource: its state, what they agreed to, and what they can do. */
export const ConnectionCard = (props: ConnectionCardProps) => {
  const { connection, mayConnect, sought, returned, next, onChanged } = props;
  const { datasource, state, agreed, terms, account, scope } = connection;
  const { connectedAt, expiresAt, lastUsedAt, missingScopes, form } =
    connection;
  const title = connection.title ?? datasource;
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  const api = useApi(datasourceAuthApiRef);
  const announce = useAnnounce();
  const errorText = useErrorText();
  const heading = useRef<HTMLHeadingElement>(null);
  const [asking, setAsking] = useState(false);
  /** What came of the last action; a new object for each, so that it is announced again. */
  const [outcome, setOutcome] = useState<{
    severity: 'success' | 'warning' | 'error';
    text: string;
  }>();

  useEffect(() => {
    if (!sought) return;
    heading.current?.focus({ preventScroll: true });
    heading.current?.scrollIntoView?.({ block: 'center' });
  }, [sought]);
  useEffect(() => {
    if (!outcome) return;
    announce(outcome.text);
    heading.current?.focus();
  }, [announce, outcome]);

  const connecting = useConnectAttempt(datasource, {
    returned,
    onConnected: () => {
      setOutcome({
        severity: 'success',
        text: t('connections.done', { title }),
      });
      onChanged();
    },
    onOutdated: onChanged,
    entered: form !== undefined,
  });
  // Nobody but the person can revoke what they entered.
  const notRevoked = form ? 'deleted' : 'notRevoked';
  const disconnect = async () => {
    setAsking(false);
    try {
      const { revoked } = await api.disconnect(datasource);
      setOutcome({
        severity: revoked || form ? 'success' : 'warning',
        text: t(`connections.${revoked ? 'revoked' : notRevoked}`, { title }),
      });
    } catch (error) {
      setOutcome({ severity: 'error', text: errorText(error) });
    }
    onChanged();
  };
  const takeBack = async ({ id: delegationId, plugin }: Delegation) => {
    try {
      await api.takeBackDelegation(delegationId);
      setOutcome({
        severity: 'success',
        text: t('delegation.tookBack', { plugin }),
      });
    } catch (error) {
      setOutcome({ severity: 'error', text: errorText(error) });
    }
    onChanged();
  };
  const afresh = (act: () => void) => () => {
    setOutcome(undefined);
    act();
  };

  const fact = (term: string, value: ReactNode) => (
    <span>
      <span>{term}</span> {value}
    </span>
  );
  const isConnected = state !== 'not_connected';
  const isBusy = ['starting', 'waiting'].includes(connecting.attempt.kind);
  const added = newTerms(agreed, terms).join(', ');
  return (
    <Paper
      variant="outlined"
      component="section"
      aria-labelledby={id}
      className={`${classes.root} ${sought ? classes.sought : ''}`}
    >
      <div className={classes.heading}>
        <div className={classes.title}>
          <ProviderMark
            title={title}
            name={datasource}
            host={terms.hosts[0]}
            size={28}
          />
          <Typography
            id={id}
            ref={heading}
            tabIndex={-1}
            variant="h6"
            component="h3"
          >
            {title}
          </Typography>
        </div>
        <ConnectionMarker state={state} />
      </div>
      {connection.description && (
        <Typography variant="body2" className={classes.description}>
          {connection.description}
        </Typography>
      )}
      {outcome && (
        <Notice severity={outcome.severity}>
          {outcome.text}{' '}
          {outcome.severity === 'success' && isConnected && next && (
            <Button size="small" color="primary" onClick={next.focus}>
              {t('connections.next', { title: next.title })}
            </Button>
          )}
        </Notice>
      )}
      {state === 'reconnect' && (
        <Typography variant="body2">{t('connections.reconnect')}</Typography>
      )}
      {state === 'suspended' && (
        <Typography variant="body2">{t('connections.suspended')}</Typography>
      )}
      {state === 'consent_outdated' && (
        <Typography variant="body2">
          {added
            ? t('connections.outdated', { added })
            : t('connections.outdatedAddress')}
        </Typography>
      )}
      {state === 'scope_missing' && (
        <Typography variant="body2">
          {t('connections.scopeMissing', {
            scopes: missingScopes?.join(', ') ?? '',
          })}
        </Typography>
      )}
      {isConnected && (
        <div className={classes.facts}>
          {fact(
            t('connections.account'),
            account ??
              t(
                form
                  ? 'connections.accountUnknown'
                  : 'connections.accountUnnamed',
              ),
          )}
          {connectedAt &&
            fact(t('connections.since'), <DateTime value={connectedAt} />)}
          {expiresAt &&
            fact(t('connections.expires'), <DateTime value={expiresAt} />)}
          {fact(
            t('connections.lastUse'),
            lastUsedAt ? (
              <DateTime value={lastUsedAt} />
            ) : (
              t('connections.neverUsed')
            ),
          )}
        </div>
      )}
      {isConnected && agreed && (
        <TermsList terms={agreed} scopes={scope?.split(/\s+/)} />
      )}
      {connection.delegations && connection.delegations.length > 0 && (
        <DelegationsOf
          delegations={connection.delegations}
          onTakeBack={takeBack}
        />
      )}
      {!isConnected && mayConnect && (
        <details className={classes.help}>
          <summary>{t('connections.means')}</summary>
          <TermsList terms={terms} />
        </details>
      )}
      <div className={classes.actions}>
        {mayConnect && (
          <ConnectAccount
            connection={connection}
            connecting={{
              ...connecting,
              connect: afresh(connecting.connect),
            }}
          />
        )}
        {isConnected && !isBusy && (
          <Button
            variant="outlined"
            className={classes.destructive}
            aria-label={t('connections.disconnectOf', { title })}
            onClick={() => setAsking(true)}
          >
            {t('connections.disconnect')}
          </Button>
        )}
      </div>
      {asking && (
        <ConfirmDialog
          title={t('connections.disconnectDialog.title', { title })}
          text={t(
            form
              ? 'connections.disconnectDialog.textEntered'
              : 'connections.disconnectDialog.text',
          )}
          keep={t('connections.disconnectDialog.keep')}
          confirm={t('connections.disconnect')}
          destructive
          onKeep={() => setAsking(false)}
          onConfirm={disconnect}
        />
      )}
    </Paper>
  );
};
