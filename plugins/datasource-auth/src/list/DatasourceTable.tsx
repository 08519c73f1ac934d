import { DatasourceSummary } from 'backstage-plugin-datasource-auth-common';
import { StackedTable } from '../frame/StackedTable';
import { useText } from '../translation';
import { DatasourceRow } from './DatasourceRow';
import { LIST_COLUMNS } from './listColumns';
import { onRowKey } from './rowKeys';
import { useIncrementalItems } from './useIncrementalItems';

/** Props of {@link DatasourceTable}. */
export interface DatasourceTableProps {
  items: DatasourceSummary[];
  mayCreate: boolean;
  onChanged: () => void;
}

/** Table of datasources; clicking a row opens the datasource, the menu has the other actions. */
export const DatasourceTable = (props: DatasourceTableProps) => {
  const { items, mayCreate, onChanged } = props;
  const t = useText();
  const shown = useIncrementalItems(items);
  return (
    <StackedTable
      caption={t('list.caption')}
      columns={LIST_COLUMNS.map(column => t(`list.column.${column}`))}
      onKeyDown={onRowKey}
    >
      {shown.map(item => (
        <DatasourceRow
          key={item.name}
          item={item}
          mayCreate={mayCreate}
          onChanged={onChanged}
        />
      ))}
    </StackedTable>
  );
};
