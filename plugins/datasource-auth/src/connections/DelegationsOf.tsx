import { Link } from '@backstage/core-components';
import { Delegation } from 'backstage-plugin-datasource-auth-common';
import { DateTime } from 'backstage-plugin-datasource-auth-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { usePagePaths } from '../frame';
import { useText } from '../translation';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    ...theme.typography.body2,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(1, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
    overflowWrap: 'anywhere',
  },
  facts: { color: theme.palette.text.secondary },
}));

/** Props of {@link DelegationsOf}. */
export interface DelegationsOfProps {
  delegations: Delegation[];
  onTakeBack: (delegation: Delegation) => void;
}

/** Which plugins may act as the person while they aren't there, and which ask to. */
export const DelegationsOf = (props: DelegationsOfProps) => {
  const t = useText();
  const classes = useStyles();
  const paths = usePagePaths();
  return (
    <div>
      <Typography variant="subtitle2" component="h4" gutterBottom>
        {t('delegation.list')}
      </Typography>
      <ul className={classes.list}>
        {props.delegations.map(delegation => {
          const { id, state, plugin, purpose, until, lastUsedAt } = delegation;
          return (
            <li key={id} className={classes.item}>
              <div>
                <q>{purpose}</q>
                <div className={classes.facts}>
                  {t('delegation.of', {
                    plugin,
                    until: <DateTime value={until} format="clock" />,
                  })}
                  {lastUsedAt !== undefined && (
                    <>
                      {' · '}
                      {t('delegation.used', {
                        time: <DateTime value={lastUsedAt} />,
                      })}
                    </>
                  )}
                </div>
              </div>
              {state === 'pending' ? (
                <Link to={paths.delegation(id)} underline="always">
                  {t('delegation.review')}
                </Link>
              ) : (
                <Button
                  size="small"
                  variant="outlined"
                  aria-label={t('delegation.takeBackOf', { purpose })}
                  onClick={() => props.onTakeBack(delegation)}
                >
                  {t('delegation.takeBack')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
};
