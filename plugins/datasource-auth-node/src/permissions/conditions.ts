import { createConditionExports } from '@backstage/plugin-permission-node';
import { datasourceResourceRef } from './datasourceResource';
import { datasourceRules } from './rules';

const exports = createConditionExports({
  resourceRef: datasourceResourceRef,
  rules: datasourceRules,
});

/**
 * Conditions on datasources for permission policies: `isOwner`, `hasTag`, `hasSource`, `hasName`.
 *
 * @public
 */
export const datasourceConditions = exports.conditions;

/**
 * Returns the decision of a permission policy that depends on the datasource.
 *
 * @example
 *
 * ```ts
 * if (isPermission(request.permission, datasourceUpdatePermission)) {
 *   return createDatasourceConditionalDecision(
 *     request.permission,
 *     datasourceConditions.isOwner({ owners: user.info.ownershipEntityRefs }),
 *   );
 * }
 * ```
 *
 * @public
 */
export const createDatasourceConditionalDecision =
  exports.createConditionalDecision;
