import { personName } from './personName';
import { EntityLink } from './EntityLink';

/** Links the owner of a datasource to its catalog page, if there is a catalog. */
export const OwnerLink = ({ owner }: { owner: string }) => (
  <EntityLink entityRef={owner} defaultKind="group">
    {personName(owner)}
  </EntityLink>
);
