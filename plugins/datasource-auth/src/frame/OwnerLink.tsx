import { personName } from './personName';
import { EntityLink } from './EntityLink';

/** The owner of a datasource, linked to its page in the catalog where there is one. */
export const OwnerLink = ({ owner }: { owner: string }) => (
  <EntityLink entityRef={owner} defaultKind="group">
    {personName(owner)}
  </EntityLink>
);
