/**
 * API client, hooks and components of the datasource-auth plugin for other frontend plugins.
 *
 * @packageDocumentation
 */
export * from './approval';
export * from './client';
export * from './connections';
export * from './gateway';
export * from './picker';
export * from './status';
export * from './time';
export { datasourceAuthReactTranslations } from './translation/datasourceAuthReactTranslations';
export {
  flattenMessages,
  type MessageGroup,
} from './translation/flattenMessages';
export {
  createTextRef,
  type TextFunction,
  type TextNames,
  type TextsByPath,
  type TextValues,
  useTextRef,
} from './translation/textRef';
export type { Translated } from './translation/Translated';
export { datasourceAuthReactTranslationRef } from './translation/datasourceAuthReactTranslationRef';
export { type BackendText, useBackendText } from './translation/useBackendText';
export { useErrorText } from './translation/useErrorText';
