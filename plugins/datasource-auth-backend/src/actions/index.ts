import { createExplainStatusAction } from './createExplainStatusAction';
import { createListDatasourcesAction } from './createListDatasourcesAction';

/**
 * Registers actions for programs, such as AI clients with MCP. They read the status of datasources; none
 * returns a token.
 */
export function registerActions(
  options: Parameters<typeof createListDatasourcesAction>[0],
): void {
  createListDatasourcesAction(options);
  createExplainStatusAction(options);
}
