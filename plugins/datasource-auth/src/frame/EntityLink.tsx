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
  /** Entered by a person, so possibly no reference. */
  entityRef: string;
  /** Where the reference names none. */
  defaultKind: string;
  /** Shown where the app has no catalog, or where the text is no reference. */
  children: ReactNode;
}

/** A catalog entity by its display name, linked to its page. */
export const EntityLink = (props: EntityLinkProps) => {
  const { entityRef, defaultKind, children } = props;
  const catalog = useApiHolder().get(catalogApiRef);
  const ref = refOf(entityRef, defaultKind);
  if (!catalog || !ref) return <span title={entityRef}>{children}</span>;
  return <EntityRefLink entityRef={ref} defaultKind={defaultKind} />;
};
