export { datasourceAuthTranslationRef } from './datasourceAuthTranslationRef';
export { useStateName } from './useStateName';
export { useText, type Text } from './useText';
