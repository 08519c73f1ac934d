import { makeStyles } from '@material-ui/core/styles';
import { ConnectionTerms } from 'backstage-plugin-datasource-auth-common';
import { useText } from '../translation/useText';

const useStyles = makeStyles(theme => ({
  list: {
    ...theme.typography.body2,
    color: theme.palette.text.primary,
    margin: theme.spacing(1, 0),
  },
  row: {
    display: 'flex',
    columnGap: theme.spacing(1),
    marginBottom: theme.spacing(0.5),
    [theme.breakpoints.down('xs')]: { display: 'block' },
  },
  term: { flex: '0 0 120px', color: theme.palette.text.secondary },
  value: { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
}));

/**
 * Props of {@link TermsList}.
 *
 * @public
 */
export interface TermsListProps {
  /** What a person agrees to, or agreed to. */
  terms: ConnectionTerms;
  /** Scopes to show in place of the requested ones: those that were granted. */
  scopes?: string[];
}

/**
 * Shows what a connection allows: which plugins act as the person, where, and with which access.
 *
 * @public
 */
export const TermsList = ({ terms, scopes = terms.scopes }: TermsListProps) => {
  const t = useText();
  const classes = useStyles();
  const routes = terms.routes.map(
    ({ methods, path }) => `${methods.join(', ')} ${path}`,
  );
  const none = t('connection.terms.none');
  const rows = [
    [t('connection.terms.consumers'), terms.consumers.join(', ') || none],
    [t('connection.terms.hosts'), terms.hosts.join(', ') || none],
    ...(scopes.length
      ? [[t('connection.terms.scopes'), scopes.join(', ')]]
      : []),
    ...(routes.length
      ? [[t('connection.terms.routes'), routes.join(' · ')]]
      : []),
  ];
  return (
    <dl className={classes.list}>
      {rows.map(([term, value]) => (
        <div key={term} className={classes.row}>
          <dt className={classes.term}>{term}</dt>
          <dd className={classes.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
};
