import { ReactNode } from 'react';
import { CompoundEntityRef, parseEntityRef } from '@backstage/catalog-model';
import { useApiHolder } from '@backstage/core-plugin-api';
import { catalogApiRef, EntityRefLink } from '@backstage/plugin-catalog-react';

function refOf(text: string, kind: string): CompoundEntityRef | undefined {
  try {
    return parseEntityRef(text, {
      defaultKind: kind,
      defaultNamespace: 'default',
    });
  } catch {
    return undefined;
  }
}

/** Props of {@link EntityLink}. */
export interface EntityLinkProps {
  /** Entered by a person, so it may be invalid. */
  entityRef: string;
  /** Default namespace and kind of the reference. */
  defaultKind: string;
  /** Shown if the app has no catalog or the reference is invalid. */
  children: ReactNode;
}

/** Links a catalog entity by its display name. */
export const EntityLink = (props: EntityLinkProps) => {
  const { entityRef, defaultKind, children } = props;
  const catalog = useApiHolder().get(catalogApiRef);
  const ref = refOf(entityRef, defaultKind);
  if (!catalog || !ref) return <span title={entityRef}>{children}</span>;
  return <EntityRefLink entityRef={ref} defaultKind={defaultKind} />;
};
