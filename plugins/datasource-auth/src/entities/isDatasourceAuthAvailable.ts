import { Entity } from '@backstage/catalog-model';
import {
  datasourceNamesOf,
  hasOpenApiDefinition,
} from 'backstage-plugin-datasource-auth-common';

/**
 * Returns whether the *Credentials* card has content for an entity: it is annotated with a datasource, or it is an API
 * whose description can be imported.
 *
 * @public
 */
export function isDatasourceAuthAvailable(entity: Entity): boolean {
  return datasourceNamesOf(entity).length > 0 || hasOpenApiDefinition(entity);
}
