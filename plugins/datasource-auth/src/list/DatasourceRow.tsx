import { memo, MouseEvent, ReactNode } from 'react';
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
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import {
  DatasourceStatus,
  DatasourceSummary,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceActions } from '../actions/DatasourceActions';
import { CopyButton, OwnerLink, usePaths } from '../frame';
import { useText } from '../translation';
import { ListColumn } from './listColumns';

const useStyles = makeStyles(theme => ({
  row: {
    cursor: 'pointer',
    [theme.breakpoints.down('sm')]: {
      display: 'block',
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      marginBottom: theme.spacing(2),
      padding: theme.spacing(1),
    },
  },
  cell: {
    [theme.breakpoints.down('sm')]: {
      display: 'flex',
      gap: theme.spacing(1),
      padding: theme.spacing(0.5, 1),
      border: 0,
      '&[data-label]::before': {
        content: 'attr(data-label)',
        flex: '0 0 96px',
        color: theme.palette.text.secondary,
      },
    },
  },
  words: { overflowWrap: 'normal', wordBreak: 'normal' },
  name: { fontFamily: 'monospace', fontSize: '0.8125rem' },
  reason: { overflowWrap: 'anywhere' },
  hidden: {
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
  },
}));

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
    <span>
      <span title={names}>{consumers.length}</span>
      <span className={classes.hidden}>: {names}</span>
    </span>
  );
};

/** Props of {@link DatasourceRow}. */
export interface DatasourceRowProps {
  item: DatasourceSummary;
  mayCreate: boolean;
  onChanged: () => void;
}

/** One datasource in the list; on a small screen a card, of which each line says what it is. */
export const DatasourceRow = memo((props: DatasourceRowProps) => {
  const { item, mayCreate, onChanged } = props;
  const t = useText();
  const classes = useStyles();
  const navigate = useNavigate();
  const paths = usePaths();
  const open = (event: MouseEvent) => {
    // Dialogs and menus of a row are its children in React, though not in the page.
    const target = event.target as HTMLElement;
    if (!event.currentTarget.contains(target)) return;
    if (!target.closest('a, button')) navigate(paths.detail(item.name));
  };
  // The roles are said because a table that is laid out as cards loses them.
  const cell = (column: ListColumn, content: ReactNode, className = '') => (
    <TableCell
      role="cell"
      className={`${classes.cell} ${className}`}
      data-label={t(`list.column.${column}`)}
    >
      {content}
    </TableCell>
  );
  return (
    <TableRow hover role="row" className={classes.row} onClick={open}>
      <TableCell
        component="th"
        scope="row"
        role="rowheader"
        className={classes.cell}
      >
        <div>
          <Link to={paths.detail(item.name)}>{item.title ?? item.name}</Link>{' '}
          {item.source === 'config' && (
            <Chip size="small" label={t('list.fromConfig')} />
          )}
          <br />
          <span className={classes.name}>{item.name}</span>
          <CopyButton text={item.name} what={t('field.name')} />
        </div>
      </TableCell>
      {cell(
        'status',
        <div>
          <StatusMarker state={item.status.state} />
          <Typography
            variant="caption"
            component="div"
            className={classes.reason}
          >
            <ReasonLine status={item.status} />
          </Typography>
        </div>,
      )}
      {cell('grant', t(`grant.${item.grantType}`), classes.words)}
      {cell(
        'validUntil',
        <div>
          <ValidUntil status={item.status} />
        </div>,
      )}
      {cell(
        'evidence',
        <div>
          <EvidenceLine status={item.status} />
        </div>,
      )}
      {cell('consumers', <Consumers consumers={item.consumers} />)}
      {cell(
        'owner',
        item.owner ? <OwnerLink owner={item.owner} /> : t('list.none'),
      )}
      <TableCell role="cell" className={classes.cell}>
        <DatasourceActions
          datasource={item}
          mayCreate={mayCreate}
          onChanged={onChanged}
        />
      </TableCell>
    </TableRow>
  );
});
