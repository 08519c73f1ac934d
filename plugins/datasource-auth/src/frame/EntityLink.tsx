import { ReactNode } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { catalogEntityRouteRef } from './routes';

/** `kind:namespace/name`, of which the kind and the namespace may be left out. */
const ENTITY_REF = /^(?:([^:/]+):)?(?:([^:/]+)\/)?([^:/]+)$/;

/** Props of {@link EntityLink}. */
export interface EntityLinkProps {
  entityRef: string;
  /** Where the reference names none. */
  defaultKind: string;
  children: ReactNode;
}

/** Something of the catalog, linked to its page where there is one. */
export const EntityLink = (props: EntityLinkProps) => {
  const { entityRef, defaultKind, children } = props;
  const entityRoute = useRouteRef(catalogEntityRouteRef);
  const parts = ENTITY_REF.exec(entityRef);
  if (!entityRoute || !parts) return <span title={entityRef}>{children}</span>;
  const [, kind = defaultKind, namespace = 'default', name] = parts;
  return (
    <Link to={entityRoute({ kind, namespace, name })} title={entityRef}>
      {children}
    </Link>
  );
};
