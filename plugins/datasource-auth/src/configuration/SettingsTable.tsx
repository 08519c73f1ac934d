import { SecretInfo } from 'backstage-plugin-datasource-auth-common';
import { useNow } from 'backstage-plugin-datasource-auth-react';
import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { personName } from '../settings/personName';
import { settingInWords } from '../settings/settingInWords';
import { useText } from '../translation';
import { ConfigurationRow } from './configurationRows';

const DAY = 24 * 60 * 60_000;

const useStyles = makeStyles({
  table: { tableLayout: 'fixed', minWidth: 480 },
  name: { width: '30%' },
  value: { overflowWrap: 'anywhere', whiteSpace: 'pre-line' },
  origin: { width: 130 },
});

/** A secret that is set: never its value, only how old it is. */
const SecretAge = ({ secret }: { secret: SecretInfo }) => {
  const t = useText();
  const now = useNow();
  if (!secret.updatedAt) return <>{t('editor.secret.storedPlain')}</>;
  const days = Math.floor((now - secret.updatedAt) / DAY);
  const who = secret.updatedBy && personName(secret.updatedBy);
  return (
    <span title={new Date(secret.updatedAt).toLocaleString()}>
      {days > 0
        ? t('configuration.secretAge', { count: days })
        : t('configuration.secretToday')}
      {who && ` ${t('configuration.by', { who })}`}
    </span>
  );
};

/** Settings by name, value and where they come from. */
export const SettingsTable = (props: {
  rows: ConfigurationRow[];
  labelledBy: string;
}) => {
  const t = useText();
  const classes = useStyles();
  return (
    <TableContainer>
      <Table
        size="small"
        className={classes.table}
        aria-labelledby={props.labelledBy}
      >
        <TableHead>
          <TableRow>
            <TableCell className={classes.name}>
              {t('gallery.setting')}
            </TableCell>
            <TableCell>{t('gallery.value')}</TableCell>
            <TableCell className={classes.origin}>
              {t('configuration.origin')}
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.rows.map(({ field, value, secret, origin }) => (
            <TableRow key={field.id}>
              <TableCell component="th" scope="row" role="rowheader">
                {t(`field.${field.id}`)}
              </TableCell>
              <TableCell className={classes.value}>
                {secret ? (
                  <SecretAge secret={secret} />
                ) : (
                  settingInWords(t, field, value) || t('detail.notSet')
                )}
              </TableCell>
              <TableCell>{t(`configuration.from.${origin}`)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
};
