import { memo, MouseEvent, ReactNode } from 'react';
import { Link } from '@backstage/core-components';
import {
  DateTime,
  ReasonLine,
  StatusMarker,
} from 'backstage-plugin-datasource-auth-react';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { DatasourceSummary } from 'backstage-plugin-datasource-auth-common';
import { useDatasourceActions } from '../actions/useDatasourceActions';
import { needsPerson } from '../authorization/needsPerson';
import { StatusFacts } from '../authorization/StatusFacts';
import { CopyButton, OwnerLink, ProviderMark, usePaths } from '../frame';
import { StackedCell, StackedHeader, StackedRow } from '../frame/StackedTable';
import { useText } from '../translation';
import { ListColumn } from './listColumns';

/** More consumers are counted. */
const NAMED = 2;

const useStyles = makeStyles(theme => ({
  datasource: { display: 'flex', gap: theme.spacing(1) },
  wide: { minWidth: 0, [theme.breakpoints.up('md')]: { minWidth: 150 } },
  title: { fontWeight: 600 },
  // Wide enough for the longest marker and button. In a card, the button comes last.
  status: {
    [theme.breakpoints.up('md')]: { minWidth: 284 },
    [theme.breakpoints.down('sm')]: {
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'flex-start',
      gap: theme.spacing(0.5),
    },
  },
  state: {
    [theme.breakpoints.down('sm')]: {
      display: 'contents',
      '& > :last-child:not(:first-child)': { order: 1 },
    },
    [theme.breakpoints.up('md')]: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(0.5, 1),
      minHeight: 32,
    },
  },
  nameLine: {
    display: 'flex',
    alignItems: 'center',
    // Where there is a pointer, the copy button appears with it, and with the focus.
    '@media (hover: hover)': {
      '& button': { opacity: 0 },
      'tr:hover & button, tr:focus-within & button': { opacity: 1 },
    },
  },
  name: {
    fontFamily: 'monospace',
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  chip: { margin: theme.spacing(0, 0, 0, 0.5), height: 20 },
  hidden: {
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
  },
}));

const Consumers = ({ consumers }: Pick<DatasourceSummary, 'consumers'>) => {
  const t = useText();
  const classes = useStyles();
  if (consumers === '*') return <>{t('list.anyPlugin')}</>;
  if (consumers.length === 0) return <>{t('list.notUsed')}</>;
  const more = consumers.slice(NAMED);
  return (
    <span title={consumers.join(', ')}>
      {consumers.slice(0, NAMED).join(', ')}
      {more.length > 0 && (
        <>
          <span aria-hidden>{` +${more.length}`}</span>
          <span className={classes.hidden}>{`, ${more.join(', ')}`}</span>
        </>
      )}
    </span>
  );
};

/** Props of {@link DatasourceRow}. */
export interface DatasourceRowProps {
  item: DatasourceSummary;
  mayCreate: boolean;
  onChanged: () => void;
}

/** One datasource in the list; on a small screen, a card with labeled lines. */
export const DatasourceRow = memo((props: DatasourceRowProps) => {
  const { item, mayCreate, onChanged } = props;
  const { status } = item;
  const t = useText();
  const classes = useStyles();
  const paths = usePaths();
  const { repair, menu } = useDatasourceActions({
    datasource: item,
    mayCreate,
    onChanged,
  });
  const open = (event: MouseEvent) => {
    // Dialogs and menus of a row are its children in React, but not in the DOM.
    const target = event.target as HTMLElement;
    if (!event.currentTarget.contains(target)) return;
    // Only the link navigates: rows that use the router would rerender on every address change, fifty at a time.
    if (!target.closest('a, button'))
      event.currentTarget.querySelector('a')?.click();
  };
  const cell = (column: ListColumn, content: ReactNode) => (
    <StackedCell label={t(`list.column.${column}`)}>{content}</StackedCell>
  );
  return (
    <StackedRow hover style={{ cursor: 'pointer' }} onClick={open}>
      <StackedHeader>
        <div className={classes.datasource}>
          <ProviderMark
            title={item.title ?? item.name}
            name={item.name}
            host={item.host}
          />
          <div className={classes.wide}>
            <Link to={paths.detail(item.name)} className={classes.title}>
              {item.title ?? item.name}
            </Link>
            {item.source === 'config' && (
              <Chip
                size="small"
                className={classes.chip}
                label={t('list.fromConfig')}
              />
            )}
            <div className={classes.nameLine}>
              <span className={classes.name}>{item.name}</span>
              <CopyButton text={item.name} what={t('field.name')} />
            </div>
          </div>
        </div>
      </StackedHeader>
      {cell(
        'status',
        <div className={classes.status}>
          <div className={classes.state}>
            <StatusMarker calm state={status.state} />
            {repair}
          </div>
          <Typography variant="body2" component="div">
            {status.state === 'AUTHORIZED' ? (
              <StatusFacts brief status={status} forecast={needsPerson(item)} />
            ) : (
              <ReasonLine status={status} />
            )}
          </Typography>
        </div>,
      )}
      {cell(
        'consumers',
        <>
          <Consumers consumers={item.consumers} />
          {status.lastUsedAt && (
            <Typography variant="body2" color="textSecondary">
              {t('list.used', { time: <DateTime value={status.lastUsedAt} /> })}
            </Typography>
          )}
        </>,
      )}
      {cell(
        'owner',
        item.owner ? <OwnerLink owner={item.owner} /> : t('list.none'),
      )}
      <StackedCell corner>{menu}</StackedCell>
    </StackedRow>
  );
});
