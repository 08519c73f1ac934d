import { Link } from '@backstage/core-components';
import { ReasonLine } from 'backstage-plugin-datasource-auth-react';
import { DatasourceSummary } from 'backstage-plugin-datasource-auth-common';
import { Notice, usePaths } from '../frame';
import { useText } from '../translation';

/** Which datasources need a person, each a link to where it is put right. */
export const AttentionStrip = ({ items }: { items: DatasourceSummary[] }) => {
  const t = useText();
  const paths = usePaths();
  if (items.length === 0) return null;
  return (
    <Notice severity="warning">
      {t('list.attention', { count: items.length })}{' '}
      {items.map((item, index) => (
        <span key={item.name}>
          {index > 0 && ' · '}
          <Link
            to={
              item.status.state === 'NOT_CONFIGURED' &&
              item.source === 'database'
                ? paths.edit(item.name)
                : paths.detail(item.name)
            }
          >
            {item.title ?? item.name}
          </Link>{' '}
          – <ReasonLine status={item.status} />
        </span>
      ))}
    </Notice>
  );
};
