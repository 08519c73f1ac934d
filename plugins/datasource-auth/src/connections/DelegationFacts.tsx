import { ReactNode } from 'react';
import { DelegationDetails } from 'backstage-plugin-datasource-auth-common';
import { DateTime } from 'backstage-plugin-datasource-auth-react';
import { makeStyles } from '@material-ui/core/styles';
import { useText } from '../translation';

const useStyles = makeStyles(theme => ({
  quote: {
    ...theme.typography.body1,
    margin: theme.spacing(2, 0),
    paddingLeft: theme.spacing(2),
    borderLeft: `4px solid ${theme.palette.divider}`,
    overflowWrap: 'anywhere',
  },
  list: { ...theme.typography.body2, margin: theme.spacing(2, 0) },
  row: {
    display: 'flex',
    columnGap: theme.spacing(1),
    marginBottom: theme.spacing(0.5),
    [theme.breakpoints.down('xs')]: { display: 'block' },
  },
  term: { flex: '0 0 120px', color: theme.palette.text.secondary },
  value: { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
}));

/** What a person agrees to: the plugin's own words as a quote, then everything that limits it. */
export const DelegationFacts = ({
  delegation,
}: {
  delegation: DelegationDetails;
}) => {
  const t = useText();
  const classes = useStyles();
  const { account, context, hosts, plugin, purpose, scopes, until } =
    delegation;
  const row = (term: string, value: ReactNode) => (
    <div className={classes.row}>
      <dt className={classes.term}>{term}</dt>
      <dd className={classes.value}>{value}</dd>
    </div>
  );
  return (
    <>
      <blockquote className={classes.quote}>{purpose}</blockquote>
      <dl className={classes.list}>
        {row(t('delegation.plugin'), plugin)}
        {row(
          t('connections.account'),
          account ?? t('connections.accountUnnamed'),
        )}
        {row(t('delegation.hosts'), hosts.join(', '))}
        {row(t('delegation.scopes'), scopes.join(', ') || t('list.none'))}
        {row(
          t('delegation.context'),
          Object.entries(context).map(([name, value]) => (
            <div key={name}>
              <code>{name}</code>: {value}
            </div>
          )),
        )}
        {row(t('delegation.until'), <DateTime value={until} format="clock" />)}
      </dl>
    </>
  );
};
