import { ReactNode } from 'react';
import { DatasourceStatus } from 'backstage-plugin-datasource-auth-common';
import { DateTime } from 'backstage-plugin-datasource-auth-react';
import { makeStyles } from '@material-ui/core/styles';
import { useText } from '../translation';
import { NeedsPerson } from './needsPerson';

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body2,
    display: 'inline-flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(1),
    color: theme.palette.text.secondary,
    // Each fact wraps as a whole, with its separator.
    '& > * + *::before': { content: '"·"', marginRight: theme.spacing(1) },
  },
  urgent: { color: theme.palette.text.primary, fontWeight: 600 },
}));

/** Props of {@link StatusFacts}. */
export interface StatusFactsProps {
  status: DatasourceStatus;
  forecast?: NeedsPerson;
  /** Leaves out what a later fact implies, and reasons. */
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
    <span className={classes.root}>
      <span>
        {verifiedAt
          ? t('panel.fact.verified', { time: <DateTime value={verifiedAt} /> })
          : t('panel.fact.notVerified')}
      </span>
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
    </span>
  );
};
