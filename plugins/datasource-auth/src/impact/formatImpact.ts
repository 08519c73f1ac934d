import { Impact } from 'backstage-plugin-datasource-auth-common';
import { formatPlugin } from '../usage/formatPlugin';
import { Text } from '../translation';

const NAMED = 3;

/** Returns for example "Used in the last 24 hours by techdocs, scaffolder, and 2 more (123 times)." */
export function formatImpact(t: Text, impact: Impact, locale?: string): string {
  const { consumers, handOuts24h } = impact;
  if (!consumers.length) return t('impact.nobody');
  const names = consumers
    .slice(0, NAMED)
    .map(({ plugin }) => formatPlugin(t, plugin));
  const more = consumers.length - NAMED;
  if (more > 0) names.push(t('impact.more', { count: more }));
  return t('impact.usedBy', {
    plugins: new Intl.ListFormat(locale, { type: 'conjunction' }).format(names),
    count: handOuts24h,
  });
}
