import { useState } from 'react';
import { Progress } from '@backstage/core-components';
import {
  useBackendText,
  useConnections,
} from 'backstage-plugin-datasource-auth-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { LoadFailure } from '../failures/LoadFailure';
import { Notice } from '../frame';
import { useText } from '../translation';
import { ConnectionCard } from './ConnectionCard';

const WATCH_EVERY_MS = 60_000;

const useStyles = makeStyles(theme => ({
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    maxWidth: 800,
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  count: { marginBottom: theme.spacing(1.5) },
}));

/** Props of {@link ConnectionsList}. */
export interface ConnectionsListProps {
  /** Name of the datasource that a link led to. */
  sought?: string;
  /** ID of an attempt for it, with which the person returned in the same tab. */
  returned?: string;
}

/** All datasources to which a person can connect their own account, in a stable order. */
export const ConnectionsList = (props: ConnectionsListProps) => {
  const t = useText();
  const classes = useStyles();
  const backend = useBackendText();
  const { value, error, retry } = useConnections({
    watchEvery: WATCH_EVERY_MS,
  });
  const [sought, setSought] = useState(props.sought);

  if (!value) {
    return error ? (
      <LoadFailure error={error} onRetry={retry} />
    ) : (
      <Progress aria-label={t('connections.loading')} />
    );
  }
  const { items, refusal } = value;
  const connected = items.filter(({ state }) => state !== 'not_connected');
  const isUnknown =
    props.sought && items.every(({ datasource }) => datasource !== sought);

  /** The next datasource after this one, from the top again at the end. */
  const nextAfter = (index: number) => {
    const next = [...items.slice(index + 1), ...items.slice(0, index)].find(
      ({ state }) => state === 'not_connected',
    );
    return (
      next && {
        title: next.title ?? next.datasource,
        focus: () => setSought(next.datasource),
      }
    );
  };
  return (
    <>
      {refusal && (
        <Notice severity="info">
          {backend(refusal.texts, refusal.message)}
        </Notice>
      )}
      {isUnknown && !refusal && (
        <Notice severity="warning">
          {t('connections.unknown', { name: props.sought! })}
        </Notice>
      )}
      {items.length === 0 && !refusal && (
        <Typography>{t('connections.empty')}</Typography>
      )}
      {items.length > 0 && (
        <>
          <Typography
            variant="body2"
            color="textSecondary"
            className={classes.count}
          >
            {t('connections.connectedOf', {
              connected: String(connected.length),
              all: String(items.length),
            })}
          </Typography>
          <ul className={classes.list}>
            {items.map((connection, index) => (
              <li key={connection.datasource}>
                <ConnectionCard
                  connection={connection}
                  mayConnect={!refusal}
                  sought={connection.datasource === sought}
                  returned={
                    connection.datasource === props.sought
                      ? props.returned
                      : undefined
                  }
                  next={nextAfter(index)}
                  onChanged={retry}
                />
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
};
