import { UsageHour } from 'backstage-plugin-datasource-auth-common';
import { useLocale, useNow } from 'backstage-plugin-datasource-auth-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useText } from '../translation';
import { usageDays } from './usageDays';

const HEIGHT = 96;

const useStyles = makeStyles(theme => {
  const dark = theme.palette.type === 'dark';
  const line = `1px solid ${theme.palette.divider}`;
  return {
    figure: { maxWidth: 480, margin: theme.spacing(2, 0, 0) },
    caption: {
      display: 'flex',
      gap: theme.spacing(2),
      ...theme.typography.caption,
      color: theme.palette.text.secondary,
      marginBottom: theme.spacing(1),
    },
    rejectedLabel: {
      '&::before': {
        content: '""',
        display: 'inline-block',
        width: 10,
        height: 10,
        marginRight: theme.spacing(0.5),
        backgroundColor: dark ? '#ff9a93' : '#b3261e',
        forcedColorAdjust: 'none',
      },
    },
    chart: {
      ...theme.typography.caption,
      color: theme.palette.text.secondary,
      display: 'grid',
      gridTemplateColumns: 'auto 1fr',
      columnGap: theme.spacing(1),
    },
    scale: {
      display: 'flex',
      flexDirection: 'column',
      justifyContent: 'space-between',
      textAlign: 'right',
      // The numbers are centered on their lines.
      margin: '-0.8em 0',
      lineHeight: '1.6em',
    },
    plot: {
      display: 'flex',
      alignItems: 'flex-end',
      height: HEIGHT,
      borderTop: line,
      borderBottom: line,
    },
    days: { gridColumn: 2, display: 'flex', marginTop: theme.spacing(0.5) },
    day: { flex: 1, textAlign: 'center', minWidth: 0 },
    bar: {
      flex: 1,
      position: 'relative',
      margin: '0 18%',
      borderRadius: '3px 3px 0 0',
      overflow: 'hidden',
      backgroundColor: dark ? '#8ab4f8' : '#1f5493',
      forcedColorAdjust: 'none',
    },
    slot: { flex: 1, display: 'flex', alignItems: 'flex-end', height: '100%' },
    rejected: {
      position: 'absolute',
      bottom: 0,
      width: '100%',
      backgroundColor: dark ? '#ff9a93' : '#b3261e',
    },
    hidden: {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clip: 'rect(0 0 0 0)',
    },
  };
});

/** Shows the use of a datasource in the last seven days: in numbers, as a bar for each day, and as a table for screen readers. */
export const UsageSparkline = ({ hours }: { hours: UsageHour[] }) => {
  const t = useText();
  const classes = useStyles();
  const locale = useLocale();
  const days = usageDays(hours, useNow());
  const sum = (key: 'handOuts' | 'rejections' | 'refusals') =>
    days.reduce((before, day) => before + day[key], 0);
  const total = {
    handOuts: sum('handOuts'),
    rejections: sum('rejections'),
    refusals: sum('refusals'),
  };
  const highest = Math.max(...days.map(day => day.handOuts));
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short' });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'full' });
  const count = new Intl.NumberFormat(locale);
  const share = (part: number, whole: number) =>
    `${Math.min(1, part / whole) * 100}%`;
  return (
    <>
      <Typography variant="body2">
        {[
          t('usage.handOuts', { count: total.handOuts }),
          total.rejections > 0 &&
            t('usage.rejections', { count: total.rejections }),
          total.refusals > 0 && t('usage.refusals', { count: total.refusals }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Typography>
      {highest > 0 && (
        <figure className={classes.figure}>
          <figcaption className={classes.caption}>
            <span>{t('usage.perDay')}</span>
            {total.rejections > 0 && (
              <span className={classes.rejectedLabel}>
                {t('usage.rejectedPart')}
              </span>
            )}
          </figcaption>
          <div aria-hidden className={classes.chart}>
            <div className={classes.scale}>
              <span>{count.format(highest)}</span>
              <span>{count.format(0)}</span>
            </div>
            <div className={classes.plot}>
              {days.map(({ begin, handOuts, rejections }) => (
                <div
                  key={begin}
                  className={classes.slot}
                  title={`${date.format(begin)}: ${count.format(handOuts)}`}
                >
                  {handOuts > 0 && (
                    <div
                      className={classes.bar}
                      style={{
                        height: share(handOuts, highest),
                        minHeight: 2,
                      }}
                    >
                      <div
                        className={classes.rejected}
                        style={{ height: share(rejections, handOuts) }}
                      />
                    </div>
                  )}
                </div>
              ))}
            </div>
            <div className={classes.days}>
              {days.map(({ begin }) => (
                <span key={begin} className={classes.day}>
                  {weekday.format(begin)}
                </span>
              ))}
            </div>
          </div>
          <div className={classes.hidden}>
            <table>
              <caption>{t('usage.perDay')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('usage.day')}</th>
                  <th scope="col">{t('usage.uses')}</th>
                  <th scope="col">{t('usage.rejectedPart')}</th>
                </tr>
              </thead>
              <tbody>
                {days.map(({ begin, handOuts, rejections }) => (
                  <tr key={begin}>
                    <th scope="row">{date.format(begin)}</th>
                    <td>{count.format(handOuts)}</td>
                    <td>{count.format(rejections)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </figure>
      )}
    </>
  );
};
