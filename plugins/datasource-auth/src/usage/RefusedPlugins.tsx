import { ConsumerUsage } from 'backstage-plugin-datasource-auth-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Notice, useElementId } from '../frame';
import { useText } from '../translation';
import { useUsageHour } from './useUsageHour';

const useStyles = makeStyles(theme => ({
  plugins: { listStyle: 'none', margin: theme.spacing(1, 0), padding: 0 },
  plugin: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    minHeight: 36,
  },
  id: { fontFamily: 'monospace', overflowWrap: 'anywhere' },
}));

/** Props of {@link RefusedPlugins}. */
export interface RefusedPluginsProps {
  items: ConsumerUsage[];
  /** Whether the user may allow them. */
  changeable: boolean;
  onAllow: (item: ConsumerUsage) => void;
}

/** Returns whether a plugin asked for a token, and still isn't allowed. */
export function isRefused(item: ConsumerUsage): boolean {
  return !item.allowed && item.lastRefusedAt !== undefined;
}

/** The plugins that asked and were refused, each with a button that allows it immediately. */
export const RefusedPlugins = (props: RefusedPluginsProps) => {
  const { items, changeable, onAllow } = props;
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  const hour = useUsageHour();
  if (!items.length) return null;
  return (
    <section aria-labelledby={id}>
      <Notice severity="warning">
        <Typography id={id} variant="subtitle1" component="h3">
          {t('usage.refused.title')}
        </Typography>
        <ul className={classes.plugins}>
          {items.map(item => (
            <li key={item.plugin} className={classes.plugin}>
              <span className={classes.id}>{item.plugin}</span>
              <Typography variant="body2" component="span">
                {t('usage.refused.last', { hour: hour(item.lastRefusedAt) })}
                {' · '}
                {t('usage.refused.count', { count: item.refusals24h })}
              </Typography>
              {changeable && (
                <Button
                  size="small"
                  variant="outlined"
                  aria-label={t('usage.allowNamed', { plugin: item.plugin })}
                  aria-describedby={`${id}-effect`}
                  onClick={() => onAllow(item)}
                >
                  {t('usage.allow')}
                </Button>
              )}
            </li>
          ))}
        </ul>
        <Typography id={`${id}-effect`} variant="body2">
          {changeable
            ? `${t('usage.refused.effect')} ${t('usage.immediate')}`
            : t('usage.refused.forbidden')}
        </Typography>
      </Notice>
    </section>
  );
};
