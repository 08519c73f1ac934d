import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { catalogEntityRouteRef } from '../routes';
import { personName } from '../settings/personName';

/** `kind:namespace/name`, of which the kind and the namespace may be left out. */
const ENTITY_REF = /^(?:([^:/]+):)?(?:([^:/]+)\/)?([^:/]+)$/;

/** The owner of a datasource, linked to its page in the catalog where there is one. */
export const OwnerLink = ({ owner }: { owner: string }) => {
  const entityRoute = useRouteRef(catalogEntityRouteRef);
  const parts = ENTITY_REF.exec(owner);
  const text = personName(owner);
  if (!entityRoute || !parts) return <span title={owner}>{text}</span>;
  const [, kind = 'group', namespace = 'default', name] = parts;
  return (
    <Link to={entityRoute({ kind, namespace, name })} title={owner}>
      {text}
    </Link>
  );
};
