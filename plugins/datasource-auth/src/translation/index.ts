export { datasourceAuthTranslationRef } from './datasourceAuthTranslationRef';
export { datasourceAuthTranslations } from './datasourceAuthTranslations';
export { kindHelpMessages } from './fieldMessages';
export { useStateName } from './useStateName';
export { useText, type Text } from './useText';
