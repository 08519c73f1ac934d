import { createExplainStatusAction } from './createExplainStatusAction';
import { createListDatasourcesAction } from './createListDatasourcesAction';

/**
 * Registers what programs may do here, such as AI clients over MCP: read how datasources stand. No action hands out a
 * token.
 */
export function registerActions(
  options: Parameters<typeof createListDatasourcesAction>[0],
): void {
  createListDatasourcesAction(options);
  createExplainStatusAction(options);
}
