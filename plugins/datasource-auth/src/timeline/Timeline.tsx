import { useEffect, useRef } from 'react';
import {
  ActivityEntry,
  GrantOrKind,
} from 'backstage-plugin-datasource-auth-common';
import {
  DateTime,
  longDate,
  useLocale,
} from 'backstage-plugin-datasource-auth-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useElementId } from '../frame';
import { ActivityDetails } from './ActivityDetails';
import { ActivitySentence } from './ActivitySentence';
import { timelineDays } from './timelineDays';

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: theme.spacing(0, 0, 3),
    padding: 0,
  },
  line: {
    ...theme.typography.body2,
    display: 'grid',
    gridTemplateColumns: '64px minmax(0, 1fr)',
    gap: theme.spacing(1),
    padding: theme.spacing(1, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
    overflowWrap: 'anywhere',
  },
  time: { color: theme.palette.text.secondary, whiteSpace: 'nowrap' },
}));

/** Props of {@link Timeline}. */
export interface TimelineProps {
  /** Newest first. */
  entries: ActivityEntry[];
  grantType: GrantOrKind;
  /** The first entry of the page that was added last: its line gets the focus. */
  added?: string;
}

/** Timeline entries by day, newest first. */
export const Timeline = ({ entries, grantType, added }: TimelineProps) => {
  const classes = useStyles();
  const id = useElementId();
  const locale = useLocale();
  const addedLine = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (added) addedLine.current?.focus();
  }, [added]);
  return (
    <>
      {timelineDays(entries).map((day, index) => (
        <section key={day.at} aria-labelledby={`${id}-${index}`}>
          <Typography id={`${id}-${index}`} variant="subtitle1" component="h3">
            {longDate(day.at, { locale })}
          </Typography>
          <ol className={classes.list}>
            {day.lines.map(line => {
              const isAdded = line.entries.some(entry => entry.id === added);
              return (
                <li
                  key={line.entries[0].id}
                  ref={isAdded ? addedLine : undefined}
                  tabIndex={isAdded ? -1 : undefined}
                  className={classes.line}
                >
                  <span className={classes.time}>
                    <DateTime value={line.entries[0].at} format="time" />
                  </span>
                  <div>
                    <ActivitySentence line={line} grantType={grantType} />
                    <ActivityDetails line={line} />
                  </div>
                </li>
              );
            })}
          </ol>
        </section>
      ))}
    </>
  );
};
