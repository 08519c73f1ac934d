import { DateTime } from 'backstage-plugin-datasource-auth-react';
import { ConsumerUsage } from 'backstage-plugin-datasource-auth-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import {
  StackedCell,
  StackedHeader,
  StackedRow,
  StackedTable,
} from '../frame/StackedTable';
import { useText } from '../translation';
import { isThroughGateway, formatPlugin } from './formatPlugin';
import { useUsageHour } from './useUsageHour';

const useStyles = makeStyles({
  plugin: { fontFamily: 'monospace', fontSize: '0.8125rem' },
});

const COLUMNS = [
  'plugin',
  'allowed',
  'firstSeen',
  'lastUsed',
  'handOuts24h',
  'rejections24h',
  'refusals24h',
] as const;

/** Props of {@link ConsumersTable}. */
export interface ConsumersTableProps {
  items: ConsumerUsage[];
  /** Whether the user may block plugins, and whether also allow them. */
  changeable: boolean;
  allowable: boolean;
  onChange: (item: ConsumerUsage) => void;
}

/** One row for each plugin: whether it is allowed, and how much it used. */
export const ConsumersTable = (props: ConsumersTableProps) => {
  const { items, changeable, allowable, onChange } = props;
  const t = useText();
  const classes = useStyles();
  const hour = useUsageHour();
  const label = (column: (typeof COLUMNS)[number] | 'action') =>
    t(`usage.column.${column}`);
  return (
    <StackedTable
      caption={t('usage.table')}
      columns={[...COLUMNS, ...(changeable ? ['action' as const] : [])].map(
        label,
      )}
    >
      {items.map(item => {
        // Gateway callers aren't plugins: permissions apply to them, not the list.
        const through = isThroughGateway(item.plugin);
        const allow = !item.allowed;
        return (
          <StackedRow key={item.plugin}>
            <StackedHeader>
              {through ? (
                formatPlugin(t, item.plugin)
              ) : (
                <span className={classes.plugin}>{item.plugin}</span>
              )}
            </StackedHeader>
            <StackedCell label={label('allowed')}>
              {item.allowed ? t('usage.yes') : t('usage.no')}
            </StackedCell>
            <StackedCell label={label('firstSeen')}>
              {item.firstSeenAt ? (
                <DateTime value={item.firstSeenAt} />
              ) : (
                t('usage.never')
              )}
            </StackedCell>
            <StackedCell label={label('lastUsed')}>
              {hour(item.lastUsedAt)}
            </StackedCell>
            {(['handOuts24h', 'rejections24h', 'refusals24h'] as const).map(
              count => (
                <StackedCell key={count} label={label(count)}>
                  {item[count]}
                </StackedCell>
              ),
            )}
            {changeable && (
              <StackedCell>
                {!through && (item.allowed || allowable) && (
                  <Button
                    size="small"
                    variant="outlined"
                    aria-label={t(
                      allow ? 'usage.allowNamed' : 'usage.blockNamed',
                      { plugin: item.plugin },
                    )}
                    onClick={() => onChange(item)}
                  >
                    {t(allow ? 'usage.allow' : 'usage.block')}
                  </Button>
                )}
              </StackedCell>
            )}
          </StackedRow>
        );
      })}
    </StackedTable>
  );
};
