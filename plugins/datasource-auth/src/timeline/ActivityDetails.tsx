import {
  ActivityEntry,
  SettingChange,
} from 'backstage-plugin-datasource-auth-common';
import {
  absoluteTime,
  useLocale,
} from 'backstage-plugin-datasource-auth-react';
import { makeStyles } from '@material-ui/core/styles';
import { settingLabel } from '../settings/settingLabel';
import { useText } from '../translation';
import { changesOf } from './ActivitySentence';
import { TimelineLine } from './timelineDays';

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.caption,
    color: theme.palette.text.secondary,
    overflowWrap: 'anywhere',
  },
  summary: { cursor: 'pointer', minHeight: 24, lineHeight: '24px' },
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
}));

const Change = ({ change }: { change: SettingChange }) => {
  const t = useText();
  const label = settingLabel(t, change.path);
  if (change.secret)
    return (
      <>
        {label}: {t(`activity.secret.${change.secret}`)}
      </>
    );
  return (
    <>
      {label}: {change.before || t('activity.empty')}
      {' → '}
      {change.after || t('activity.empty')}
    </>
  );
};

const Entry = ({ entry }: { entry: ActivityEntry }) => {
  const t = useText();
  const locale = useLocale();
  return (
    <li>
      {absoluteTime(entry.at, { locale })} · {t('activity.id')}{' '}
      <code lang="en">{entry.id}</code>
    </li>
  );
};

/** The expandable details of a timeline line: old and new values, exact times, and IDs. */
export const ActivityDetails = ({ line }: { line: TimelineLine }) => {
  const t = useText();
  const classes = useStyles();
  const changes = changesOf(line.entries[0]);
  return (
    <details className={classes.root}>
      <summary className={classes.summary}>{t('activity.details')}</summary>
      <ul className={classes.list}>
        {changes.map(change => (
          <li key={change.path}>
            <Change change={change} />
          </li>
        ))}
        {line.entries.map(entry => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
    </details>
  );
};
