import { Entity } from '@backstage/catalog-model';
import {
  datasourceNamesOf,
  hasOpenApiDefinition,
} from 'backstage-plugin-datasource-auth-common';

/**
 * Whether the *Credentials* card has something to say of an entity: it is annotated with a datasource, or it is an API of
 * whose description one can be made.
 *
 * @public
 */
export function isDatasourceAuthAvailable(entity: Entity): boolean {
  return datasourceNamesOf(entity).length > 0 || hasOpenApiDefinition(entity);
}
