import { useRef, useState } from 'react';
import { Progress } from '@backstage/core-components';
import {
  ConsumerUsage,
  Datasource,
  grantOrKindOf,
} from 'backstage-plugin-datasource-auth-common';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { FailureView } from '../failures/FailureView';
import { LoadFailure } from '../failures/LoadFailure';
import { useAnnounce } from '../frame';
import { useText } from '../translation';
import { ConsumerChangeDialog } from './ConsumerChangeDialog';
import { ConsumersTable } from './ConsumersTable';
import { isRefused, RefusedPlugins } from './RefusedPlugins';
import { Snippet } from './Snippet';
import { UsageSparkline } from './UsageSparkline';
import { useConsumerChange } from './useConsumerChange';
import { useConsumers } from './useConsumers';

/** Props of {@link ConsumersTab}. */
export interface ConsumersTabProps {
  datasource: Datasource;
  onChanged: () => void;
}

/** Shows which plugins use a datasource, which are allowed to, and which are rejected. */
export const ConsumersTab = ({ datasource, onChanged }: ConsumersTabProps) => {
  const t = useText();
  const announce = useAnnounce();
  const { name, consumers, allowed, source } = datasource;
  const { value, loading, error, retry } = useConsumers(name);
  const [asked, setAsked] = useState<ConsumerUsage>();
  const top = useRef<HTMLParagraphElement>(null);
  const { change, busy, failure } = useConsumerChange({
    datasource,
    onChanged: () => {
      onChanged();
      retry();
    },
  });

  const confirm = async (item: ConsumerUsage) => {
    const changed = await change(item.plugin, !item.allowed);
    setAsked(undefined);
    if (!changed) return;
    // The button that was clicked is gone.
    if (isRefused(item)) top.current?.focus();
    announce(
      t(item.allowed ? 'usage.blocked' : 'usage.allowed', {
        plugin: item.plugin,
      }),
    );
  };

  if (!value)
    return (
      <>
        {loading && <Progress aria-label={t('usage.loading')} />}
        {error && <LoadFailure error={error} onRetry={retry} />}
      </>
    );
  const { items, hours } = value;
  const others = items.filter(item => !isRefused(item));
  return (
    <>
      {failure && <FailureView failure={failure} alert />}
      <Typography ref={top} tabIndex={-1} variant="body2" paragraph>
        {consumers === '*' ? t('usage.anyMode') : t('usage.listedMode')}
        {source === 'config' && ` ${t('detail.declared')}`}
      </Typography>
      <RefusedPlugins
        items={items.filter(isRefused)}
        changeable={allowed.grant}
        onAllow={item => {
          if (!busy) confirm(item);
        }}
      />
      {items.length > 0 ? (
        <>
          {others.length > 0 && (
            <ConsumersTable
              items={others}
              changeable={allowed.update && consumers !== '*'}
              allowable={allowed.grant}
              onChange={setAsked}
            />
          )}
          <Box my={3}>
            <Typography variant="subtitle1" component="h3">
              {t('usage.lastWeek')}
            </Typography>
            <UsageSparkline hours={hours} />
          </Box>
        </>
      ) : (
        <Typography paragraph>{t('usage.nobody')}</Typography>
      )}
      <Snippet
        name={name}
        grantOrKind={grantOrKindOf(datasource.auth)}
        subjects={datasource.subjects}
      />
      {asked && (
        <ConsumerChangeDialog
          plugin={asked.plugin}
          allow={!asked.allowed}
          title={datasource.title ?? name}
          handOuts24h={asked.handOuts24h}
          busy={busy}
          onConfirm={() => confirm(asked)}
          onKeep={() => setAsked(undefined)}
        />
      )}
    </>
  );
};
