export { datasourceAuthTranslationRef } from './datasourceAuthTranslationRef';
export { useText, type Text } from './useText';
