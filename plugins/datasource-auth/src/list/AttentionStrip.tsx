import { Link } from '@backstage/core-components';
import { DatasourceList } from 'backstage-plugin-datasource-auth-common';
import { fixPath, Notice, usePaths } from '../frame';
import { useText } from '../translation';

/** More would push the list out of view. */
const NAMED = 5;

/** Lists the datasources that need attention, the worst first, each with a link to fix it. */
export const AttentionStrip = ({ list }: { list?: DatasourceList }) => {
  const t = useText();
  const paths = usePaths();
  if (!list?.items.length) return null;
  const { items } = list;
  const count = Math.max(list.totalItems ?? 0, items.length);
  const more = count - Math.min(NAMED, items.length);
  return (
    <Notice severity="warning">
      {t('list.attention', { count })}{' '}
      {items.slice(0, NAMED).map((item, index) => (
        <span key={item.name}>
          {index > 0 && ' · '}
          <Link underline="always" to={fixPath(paths, item)}>
            {item.title ?? item.name}
          </Link>
        </span>
      ))}
      {more > 0 && (
        <>
          {' · '}
          <Link to={`${paths.list}?attention=true`} underline="always">
            {t('list.attentionMore', { count: more })}
          </Link>
        </>
      )}
    </Notice>
  );
};
