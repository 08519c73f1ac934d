import { ReactNode } from 'react';
import { DatasourceStatus } from 'backstage-plugin-datasource-auth-common';
import { DateTime } from 'backstage-plugin-datasource-auth-react';
import { makeStyles } from '@material-ui/core/styles';
import { useText } from '../translation';
import { NeedsPerson } from './needsPerson';

/** Width of the separator between two facts. Pixels. */
const SEPARATOR = 16;

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body2,
    color: theme.palette.text.secondary,
    // Cuts off the separator of the first fact in each line.
    overflow: 'hidden',
  },
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    marginLeft: -SEPARATOR,
    '& > *': { position: 'relative', paddingLeft: SEPARATOR },
    '& > *::before': { content: '"·"', position: 'absolute', left: 6 },
  },
  urgent: { color: theme.palette.text.primary, fontWeight: 600 },
}));

/** Props of {@link StatusFacts}. */
export interface StatusFactsProps {
  status: DatasourceStatus;
  forecast?: NeedsPerson;
  /** Leaves out what a later fact implies, and reasons. Without it, notices stand below. */
  brief?: boolean;
}

/** Shows what is known about a stored credential: whether a call with it succeeded, and how it stays valid. */
export const StatusFacts = ({ status, forecast, brief }: StatusFactsProps) => {
  const t = useText();
  const classes = useStyles();
  const { verifiedAt, expiresAt, renewable, reasonCode } = status;
  const signs = reasonCode === 'signs_on_use';
  let renewal: ReactNode;
  if (renewable || signs) renewal = t('panel.fact.renews');
  else if (!expiresAt) renewal = t('panel.fact.noExpiry');
  const time = forecast && <DateTime value={forecast.at} format="clock" />;
  return (
    <div className={classes.root}>
      <div className={classes.facts}>
        <span>
          {verifiedAt
            ? t('panel.fact.verified', {
                time: <DateTime value={verifiedAt} />,
              })
            : t('panel.fact.notVerified')}
        </span>
        {brief && status.authorizerLeft && (
          <span className={classes.urgent}>
            {t('panel.fact.authorizerLeft')}
          </span>
        )}
        {renewal && !(brief && forecast) && <span>{renewal}</span>}
        {forecast && time && (
          <span className={classes.urgent}>
            {brief
              ? t('panel.fact.needsPerson', { time })
              : t('panel.fact.needsPersonWhy', {
                  time,
                  why: t(`panel.needsPerson.${forecast.why}`),
                })}
          </span>
        )}
      </div>
    </div>
  );
};
