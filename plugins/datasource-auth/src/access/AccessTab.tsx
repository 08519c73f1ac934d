import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/core-plugin-api';
import {
  Datasource,
  grantOrKindOf,
  isHeldBySettings,
} from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Breakable, OwnerLink, useElementId } from '../frame';
import {
  StackedCell,
  StackedHeader,
  StackedRow,
  StackedTable,
} from '../frame/StackedTable';
import { useText } from '../translation';
import { AccessRow, accessRows } from './accessRows';

/** Texts of actions that mean less if no provider is involved. */
const HELD: Partial<
  Record<AccessRow['action'], 'grantHeld' | 'authorizeHeld'>
> = { grant: 'grantHeld', authorize: 'authorizeHeld' };

const useStyles = makeStyles(theme => ({
  section: { marginBottom: theme.spacing(3) },
  permission: {
    fontFamily: 'monospace',
    fontSize: '0.8125rem',
    overflowWrap: 'anywhere',
  },
}));

/** Explains who may do what with a datasource, as far as the backend reports it. The policy can't be changed here. */
export const AccessTab = ({ datasource }: { datasource: Datasource }) => {
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  const api = useApi(datasourceAuthApiRef);
  const { value: health } = useAsync(() => api.getHealth(), [api]);
  const decides = health?.checks.find(check => check.id === 'access');
  const { owner, consumers, source } = datasource;
  const isHeld = isHeldBySettings(grantOrKindOf(datasource.auth));
  return (
    <>
      <section className={classes.section} aria-labelledby={`${id}-you`}>
        <Typography id={`${id}-you`} variant="h6" component="h3">
          {t('access.you')}
        </Typography>
        <StackedTable
          labelledBy={`${id}-you`}
          columns={[
            t('access.column.action'),
            t('access.column.allowed'),
            t('access.column.permission'),
          ]}
        >
          {accessRows(datasource).map(row => (
            <StackedRow key={row.action}>
              <StackedHeader>
                {t(
                  `access.action.${
                    isHeld ? HELD[row.action] ?? row.action : row.action
                  }`,
                )}
              </StackedHeader>
              <StackedCell label={t('access.column.allowed')}>
                {t(`access.answer.${row.answer}`)}
              </StackedCell>
              <StackedCell label={t('access.column.permission')}>
                <span className={classes.permission}>
                  <Breakable text={row.permission} />
                </span>
              </StackedCell>
            </StackedRow>
          ))}
        </StackedTable>
        {source === 'config' && (
          <Typography variant="body2">{t('access.declared')}</Typography>
        )}
      </section>
      <section className={classes.section} aria-labelledby={`${id}-who`}>
        <Typography id={`${id}-who`} variant="h6" component="h3">
          {t('access.who')}
        </Typography>
        <Typography variant="body2">
          {decides ? `${decides.title}. ` : ''}
          {t('access.conditions')}
        </Typography>
        <Typography variant="body2">
          {owner
            ? t('access.owner', { owner: <OwnerLink owner={owner} /> })
            : t('access.noOwner')}
        </Typography>
      </section>
      <section className={classes.section} aria-labelledby={`${id}-plugins`}>
        <Typography id={`${id}-plugins`} variant="h6" component="h3">
          {t('access.plugins')}
        </Typography>
        {consumers === '*' && (
          <Typography variant="body2">{t('usage.anyMode')}</Typography>
        )}
        {consumers !== '*' &&
          (consumers.length ? (
            <>
              <Typography variant="body2">{t('access.listed')}</Typography>
              <Typography
                component="ul"
                variant="body2"
                aria-labelledby={`${id}-plugins`}
              >
                {consumers.map(plugin => (
                  <li key={plugin}>
                    <code>{plugin}</code>
                  </li>
                ))}
              </Typography>
            </>
          ) : (
            <Typography variant="body2">{t('access.nobody')}</Typography>
          ))}
        <Typography variant="body2">{t('access.onBehalf')}</Typography>
      </section>
    </>
  );
};
