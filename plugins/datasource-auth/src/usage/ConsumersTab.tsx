import { useState } from 'react';
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
    if (changed)
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
  return (
    <>
      {failure && <FailureView failure={failure} alert />}
      <Typography variant="body2" paragraph>
        {consumers === '*' ? t('usage.anyMode') : t('usage.listedMode')}
        {source === 'config' && ` ${t('detail.declared')}`}
      </Typography>
      {items.length > 0 ? (
        <>
          <ConsumersTable
            items={items}
            changeable={allowed.update && consumers !== '*'}
            onChange={setAsked}
          />
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
      <Snippet name={name} grantOrKind={grantOrKindOf(datasource.auth)} />
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
