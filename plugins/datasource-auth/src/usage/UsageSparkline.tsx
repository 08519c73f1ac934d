import { UsageHour } from 'backstage-plugin-datasource-auth-common';
import { useNow } from 'backstage-plugin-datasource-auth-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useText } from '../translation';
import { usageBars } from './usageBars';

const HEIGHT = 36;
const BAR = 8;

const useStyles = makeStyles(theme => ({
  svg: { display: 'block', width: '100%', maxWidth: 280, height: HEIGHT },
  base: { fill: theme.palette.divider },
  served: {
    fill: theme.palette.type === 'dark' ? '#8ab4f8' : '#1f5493',
  },
  rejected: { fill: theme.palette.type === 'dark' ? '#ff9a93' : '#b3261e' },
}));

/** Shows the use of a datasource in the last seven days, in numbers and as small bars. */
export const UsageSparkline = ({ hours }: { hours: UsageHour[] }) => {
  const t = useText();
  const classes = useStyles();
  const bars = usageBars(hours, useNow());
  const sum = (key: 'handOuts' | 'rejections' | 'refusals') =>
    hours.reduce((total, hour) => total + hour[key], 0);
  const highest = Math.max(1, ...bars.map(bar => bar.handOuts));
  const heightOf = (count: number) =>
    count && Math.max(2, (count / highest) * (HEIGHT - 2));
  return (
    <>
      <Typography variant="body2">
        {[
          t('usage.handOuts', { count: sum('handOuts') }),
          t('usage.rejections', { count: sum('rejections') }),
          t('usage.refusals', { count: sum('refusals') }),
        ].join(' · ')}
      </Typography>
      {bars.some(bar => bar.handOuts + bar.rejections > 0) && (
        <>
          {/* The numbers above say it in words. */}
          <svg
            aria-hidden
            className={classes.svg}
            viewBox={`0 0 ${bars.length * BAR} ${HEIGHT}`}
            preserveAspectRatio="none"
          >
            <rect
              className={classes.base}
              y={HEIGHT - 1}
              width={bars.length * BAR}
              height={1}
            />
            {bars.map((bar, index) => (
              // A bar is identified only by its position in time.
              // eslint-disable-next-line react/no-array-index-key
              <g key={index} transform={`translate(${index * BAR} 0)`}>
                <rect
                  className={classes.served}
                  y={HEIGHT - 1 - heightOf(bar.handOuts)}
                  width={BAR - 2}
                  height={heightOf(bar.handOuts)}
                />
                <rect
                  className={classes.rejected}
                  y={HEIGHT - 1 - heightOf(bar.rejections)}
                  width={BAR - 2}
                  height={heightOf(bar.rejections)}
                />
              </g>
            ))}
          </svg>
        </>
      )}
    </>
  );
};
