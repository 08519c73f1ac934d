import { DateTime } from 'backstage-plugin-datasource-auth-react';
import { ConsumerUsage } from 'backstage-plugin-datasource-auth-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useText } from '../translation';

const useStyles = makeStyles({
  plugin: { fontFamily: 'monospace', fontSize: '0.8125rem' },
  column: { whiteSpace: 'nowrap' },
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
  /** Whether the person may allow and block. */
  changeable: boolean;
  onChange: (item: ConsumerUsage) => void;
}

/** One line a plugin: whether it may take tokens, and what it took. */
export const ConsumersTable = (props: ConsumersTableProps) => {
  const { items, changeable, onChange } = props;
  const t = useText();
  const classes = useStyles();
  const hour = (time: number | undefined) =>
    time ? <DateTime value={time} /> : t('usage.never');
  return (
    <TableContainer>
      <Table size="small" aria-label={t('usage.table')}>
        <TableHead>
          <TableRow>
            {COLUMNS.map(column => (
              <TableCell key={column} className={classes.column}>
                {t(`usage.column.${column}`)}
              </TableCell>
            ))}
            {changeable && <TableCell>{t('usage.column.action')}</TableCell>}
          </TableRow>
        </TableHead>
        <TableBody>
          {items.map(item => {
            // Not a plugin, but who came through the gateway: decided by permission, not by the list.
            const through = item.plugin.startsWith('@');
            const allow = !item.allowed;
            return (
              <TableRow key={item.plugin}>
                <TableCell component="th" scope="row" role="rowheader">
                  {through ? (
                    t(`usage.${item.plugin.slice(1) as 'users'}`)
                  ) : (
                    <span className={classes.plugin}>{item.plugin}</span>
                  )}
                </TableCell>
                <TableCell>
                  {item.allowed ? t('usage.yes') : t('usage.no')}
                </TableCell>
                <TableCell>{hour(item.firstSeenAt)}</TableCell>
                <TableCell>{hour(item.lastUsedAt)}</TableCell>
                <TableCell>{item.handOuts24h}</TableCell>
                <TableCell>{item.rejections24h}</TableCell>
                <TableCell>{item.refusals24h}</TableCell>
                {changeable && (
                  <TableCell>
                    {!through && (
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
                  </TableCell>
                )}
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </TableContainer>
  );
};
