import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { DatasourceSummary } from 'backstage-plugin-datasource-auth-common';
import { useText } from '../translation';
import { DatasourceRow } from './DatasourceRow';
import { LIST_COLUMNS } from './listColumns';
import { onRowKey } from './rowKeys';

const useStyles = makeStyles(theme => {
  const hidden = {
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
  } as const;
  return {
    hidden,
    blockwise: { [theme.breakpoints.down('sm')]: { display: 'block' } },
    head: { [theme.breakpoints.down('sm')]: hidden },
    column: { whiteSpace: 'nowrap' },
  };
});

/** Props of {@link DatasourceTable}. */
export interface DatasourceTableProps {
  items: DatasourceSummary[];
  mayCreate: boolean;
  onChanged: () => void;
}

/** The datasources as a table; the row opens the datasource, the menu does everything else. */
export const DatasourceTable = (props: DatasourceTableProps) => {
  const { items, mayCreate, onChanged } = props;
  const t = useText();
  const classes = useStyles();
  return (
    <TableContainer>
      <Table role="table" className={classes.blockwise}>
        <caption className={classes.hidden}>{t('list.caption')}</caption>
        <TableHead role="rowgroup" className={classes.head}>
          <TableRow role="row">
            {LIST_COLUMNS.map(column => (
              <TableCell
                key={column}
                scope="col"
                role="columnheader"
                className={classes.column}
              >
                {t(`list.column.${column}`)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody
          role="rowgroup"
          className={classes.blockwise}
          onKeyDown={onRowKey}
        >
          {items.map(item => (
            <DatasourceRow
              key={item.name}
              item={item}
              mayCreate={mayCreate}
              onChanged={onChanged}
            />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
};
