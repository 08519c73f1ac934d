import useAsync from 'react-use/esm/useAsync';
import { useApi } from '@backstage/core-plugin-api';
import { Datasource } from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthApiRef } from 'backstage-plugin-datasource-auth-react';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { OwnerLink, useElementId } from '../frame';
import { useText } from '../translation';
import { accessRows } from './accessRows';

const useStyles = makeStyles(theme => ({
  section: { marginBottom: theme.spacing(3) },
  permission: { fontFamily: 'monospace', fontSize: '0.8125rem' },
}));

/** Who may do what with a datasource, as far as the backend tells: the policy is explained here, not changed. */
export const AccessTab = ({ datasource }: { datasource: Datasource }) => {
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  const api = useApi(datasourceAuthApiRef);
  const { value: health } = useAsync(() => api.getHealth(), [api]);
  const decides = health?.checks.find(check => check.id === 'access');
  const { owner, consumers, source } = datasource;
  return (
    <>
      <section className={classes.section} aria-labelledby={`${id}-you`}>
        <Typography id={`${id}-you`} variant="h6" component="h3">
          {t('access.you')}
        </Typography>
        <TableContainer>
          <Table size="small" aria-labelledby={`${id}-you`}>
            <TableHead>
              <TableRow>
                <TableCell>{t('access.column.action')}</TableCell>
                <TableCell>{t('access.column.allowed')}</TableCell>
                <TableCell>{t('access.column.permission')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {accessRows(datasource).map(row => (
                <TableRow key={row.action}>
                  <TableCell component="th" scope="row" role="rowheader">
                    {t(`access.action.${row.action}`)}
                  </TableCell>
                  <TableCell>{t(`access.answer.${row.answer}`)}</TableCell>
                  <TableCell className={classes.permission}>
                    {row.permission}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableContainer>
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
              <ul aria-labelledby={`${id}-plugins`}>
                {consumers.map(plugin => (
                  <li key={plugin}>
                    <code>{plugin}</code>
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <Typography variant="body2">{t('access.nobody')}</Typography>
          ))}
        <Typography variant="body2">{t('access.onBehalf')}</Typography>
      </section>
    </>
  );
};
