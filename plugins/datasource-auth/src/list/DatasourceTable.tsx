import { MouseEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import { Link } from '@backstage/core-components';
import {
  DateTime,
  EvidenceLine,
  ReasonLine,
  StatusMarker,
} from 'backstage-plugin-datasource-auth-react';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import {
  DatasourceStatus,
  DatasourceSummary,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceActions } from '../actions/DatasourceActions';
import { CopyButton, usePaths } from '../frame';
import { personName } from '../settings/personName';
import { useText } from '../translation';

const useStyles = makeStyles({
  row: { cursor: 'pointer' },
  column: { whiteSpace: 'nowrap' },
  words: { overflowWrap: 'normal', wordBreak: 'normal' },
  name: { fontFamily: 'monospace', fontSize: '0.8125rem' },
  hidden: {
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
  },
});

const COLUMNS = [
  'datasource',
  'status',
  'grant',
  'validUntil',
  'evidence',
  'consumers',
  'owner',
  'actions',
] as const;

const ValidUntil = ({ status }: { status: DatasourceStatus }) => {
  const t = useText();
  if (!status.obtainedAt) return <>{t('list.none')}</>;
  if (!status.expiresAt) return <>{t('list.noExpiry')}</>;
  return (
    <>
      {t(status.renewable ? 'list.renews' : 'list.needsPerson', {
        time: <DateTime value={status.expiresAt} />,
      })}
    </>
  );
};

const Consumers = ({ consumers }: Pick<DatasourceSummary, 'consumers'>) => {
  const t = useText();
  const classes = useStyles();
  if (consumers === '*') return <>{t('list.anyPlugin')}</>;
  if (consumers.length === 0) return <>{t('list.notUsed')}</>;
  const names = consumers.join(', ');
  return (
    <>
      <span title={names}>{consumers.length}</span>
      <span className={classes.hidden}>: {names}</span>
    </>
  );
};

/** Props of {@link DatasourceTable}. */
export interface DatasourceTableProps {
  items: DatasourceSummary[];
  mayCreate: boolean;
  onChanged: () => void;
}

/** The datasources as a table; the row opens the datasource, the menu does everything else. */
export const DatasourceTable = ({
  items,
  mayCreate,
  onChanged,
}: DatasourceTableProps) => {
  const t = useText();
  const classes = useStyles();
  const navigate = useNavigate();
  const paths = usePaths();
  const open = (event: MouseEvent, name: string) => {
    // Dialogs and menus of a row are its children in React, though not in the page.
    const target = event.target as HTMLElement;
    if (!event.currentTarget.contains(target)) return;
    if (!target.closest('a, button')) navigate(paths.detail(name));
  };
  return (
    <TableContainer>
      <Table>
        <caption className={classes.hidden}>{t('list.caption')}</caption>
        <TableHead>
          <TableRow>
            {COLUMNS.map(column => (
              <TableCell key={column} scope="col" className={classes.column}>
                {t(`list.column.${column}`)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {items.map(item => (
            <TableRow
              key={item.name}
              hover
              className={classes.row}
              onClick={event => open(event, item.name)}
            >
              {/* Material UI would call it a cell. */}
              <TableCell component="th" scope="row" role="rowheader">
                <Link to={paths.detail(item.name)}>
                  {item.title ?? item.name}
                </Link>{' '}
                {item.source === 'config' && (
                  <Chip size="small" label={t('list.fromConfig')} />
                )}
                <br />
                <span className={classes.name}>{item.name}</span>
                <CopyButton text={item.name} what={t('field.name')} />
              </TableCell>
              <TableCell>
                <StatusMarker state={item.status.state} />
                <Typography variant="caption" component="div">
                  <ReasonLine status={item.status} />
                </Typography>
              </TableCell>
              <TableCell className={classes.words}>
                {t(`grant.${item.grantType}`)}
              </TableCell>
              <TableCell>
                <ValidUntil status={item.status} />
              </TableCell>
              <TableCell>
                <EvidenceLine status={item.status} />
              </TableCell>
              <TableCell>
                <Consumers consumers={item.consumers} />
              </TableCell>
              <TableCell>
                {item.owner ? (
                  <span title={item.owner}>{personName(item.owner)}</span>
                ) : (
                  t('list.none')
                )}
              </TableCell>
              <TableCell>
                <DatasourceActions
                  datasource={item}
                  mayCreate={mayCreate}
                  onChanged={onChanged}
                />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
};
