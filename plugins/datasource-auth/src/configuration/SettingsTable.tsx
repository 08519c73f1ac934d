import { SecretInfo } from 'backstage-plugin-datasource-auth-common';
import {
  absoluteTime,
  useLocale,
  useNow,
} from 'backstage-plugin-datasource-auth-react';
import { Breakable } from '../frame';
import {
  StackedCell,
  StackedHeader,
  StackedRow,
  StackedTable,
} from '../frame/StackedTable';
import { personName } from '../frame/personName';
import { formatSetting } from '../settings/formatSetting';
import { useText } from '../translation';
import { ConfigurationRow } from './configurationRows';

/** Aligns the columns of all tables. */
const WIDTHS = ['25%', '57%', '18%'];

const DAY = 24 * 60 * 60_000;

/** Shows the age of a stored secret, never its value. */
const SecretAge = ({ secret }: { secret: SecretInfo }) => {
  const t = useText();
  const now = useNow();
  const locale = useLocale();
  if (!secret.updatedAt) return <>{t('editor.secret.storedPlain')}</>;
  const days = Math.floor((now - secret.updatedAt) / DAY);
  const who = secret.updatedBy && personName(secret.updatedBy);
  return (
    <span title={absoluteTime(secret.updatedAt, { locale })}>
      {days > 0
        ? t('configuration.secretAge', { count: days })
        : t('configuration.secretToday')}
      {who && ` ${t('configuration.by', { who })}`}
    </span>
  );
};

/** Table of settings: name, value, and source. */
export const SettingsTable = (props: {
  rows: ConfigurationRow[];
  labelledBy: string;
}) => {
  const t = useText();
  const value = t('gallery.value');
  const from = t('configuration.origin');
  return (
    <StackedTable
      labelledBy={props.labelledBy}
      columns={[t('gallery.setting'), value, from]}
      widths={WIDTHS}
    >
      {props.rows.map(row => (
        <StackedRow key={row.field.id}>
          <StackedHeader>{t(`field.${row.field.id}`)}</StackedHeader>
          <StackedCell label={value}>
            <span style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
              {row.secret ? (
                <SecretAge secret={row.secret} />
              ) : (
                <Breakable
                  text={
                    formatSetting(t, row.field, row.value) || t('detail.notSet')
                  }
                />
              )}
            </span>
          </StackedCell>
          <StackedCell label={from}>
            {t(`configuration.from.${row.origin}`)}
          </StackedCell>
        </StackedRow>
      ))}
    </StackedTable>
  );
};
