import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { ViewFrame } from '../frame';
import { Breadcrumbs } from '../frame/Breadcrumbs';
import { useText } from '../translation';
import { ConnectionsList } from './ConnectionsList';

/** The page on which people connect their own accounts. Errors of plugins link to the card of a datasource. */
export const ConnectionsPage = () => {
  const t = useText();
  const [params, setParams] = useSearchParams();
  const sought = params.get('datasource') ?? undefined;
  // An attempt can be confirmed once, so a reload must not ask again.
  const [returned] = useState(params.get('authorization') ?? undefined);
  useEffect(() => {
    if (!params.has('authorization')) return;
    params.delete('authorization');
    setParams(params, { replace: true });
  }, [params, setParams]);
  return (
    <ViewFrame
      title={t('connections.title')}
      subtitle={t('connections.subtitle')}
      breadcrumbs={<Breadcrumbs last={t('connections.title')} />}
    >
      <ConnectionsList key={sought} sought={sought} returned={returned} />
    </ViewFrame>
  );
};
