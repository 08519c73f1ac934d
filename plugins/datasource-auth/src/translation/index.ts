export { datasourceAuthTranslationRef } from './datasourceAuthTranslationRef';
export { datasourceAuthTranslations } from './datasourceAuthTranslations';
export { useStateName } from './useStateName';
export { useText, type Text } from './useText';
