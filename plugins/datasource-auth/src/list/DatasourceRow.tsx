import { memo, MouseEvent, ReactNode } from 'react';
import { Link } from '@backstage/core-components';
import {
  DateTime,
  EvidenceLine,
  ReasonLine,
  StatusMarker,
} from 'backstage-plugin-datasource-auth-react';
import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import {
  DatasourceStatus,
  DatasourceSummary,
  grantOrKindOf,
} from 'backstage-plugin-datasource-auth-common';
import { DatasourceActions } from '../actions/DatasourceActions';
import { CopyButton, OwnerLink, ProviderMark, usePaths } from '../frame';
import { StackedCell, StackedHeader, StackedRow } from '../frame/StackedTable';
import { useText } from '../translation';
import { ListColumn } from './listColumns';

const useStyles = makeStyles(theme => ({
  datasource: { display: 'flex', gap: theme.spacing(1) },
  wide: { [theme.breakpoints.up('md')]: { minWidth: 150 } },
  nameLine: { display: 'flex', alignItems: 'center' },
  name: {
    fontFamily: 'monospace',
    fontSize: '0.8125rem',
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

const ValidUntil = ({ status }: { status: DatasourceStatus }) => {
  const t = useText();
  if (!status.obtainedAt) return <>{t('list.none')}</>;
  // A JWT is signed for each call, so that nothing expires.
  if (status.reasonCode === 'signs_on_use') return <>{t('list.none')}</>;
  if (!status.expiresAt) return <>{t('list.noExpiry')}</>;
  // A rejected credential isn't refreshed anymore, even if its last token is still valid.
  const renews = status.renewable && status.state !== 'NOT_AUTHORIZED';
  return (
    <>
      {t(renews ? 'list.renews' : 'list.needsPerson', {
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

/** One datasource in the list; on a small screen, a card with labeled lines. */
export const DatasourceRow = memo((props: DatasourceRowProps) => {
  const { item, mayCreate, onChanged } = props;
  const t = useText();
  const classes = useStyles();
  const paths = usePaths();
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
          <ProviderMark title={item.title ?? item.name} host={item.host} />
          <div className={classes.wide}>
            <Link to={paths.detail(item.name)}>{item.title ?? item.name}</Link>
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
        <div className={classes.wide}>
          <StatusMarker state={item.status.state} />
          <Typography variant="caption" component="div">
            <ReasonLine status={item.status} />
          </Typography>
        </div>,
      )}
      {cell('grant', t(`grant.${grantOrKindOf(item)}`))}
      {cell('validUntil', <ValidUntil status={item.status} />)}
      {cell('evidence', <EvidenceLine status={item.status} />)}
      {cell('consumers', <Consumers consumers={item.consumers} />)}
      {cell(
        'owner',
        item.owner ? <OwnerLink owner={item.owner} /> : t('list.none'),
      )}
      <StackedCell corner>
        <DatasourceActions
          datasource={item}
          mayCreate={mayCreate}
          onChanged={onChanged}
        />
      </StackedCell>
    </StackedRow>
  );
});
