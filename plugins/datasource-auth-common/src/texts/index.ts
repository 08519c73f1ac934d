export {
  diagnosisTexts,
  message,
  type DiagnosisText,
  type DiagnosisTextCode,
  type DiagnosisTexts,
  type FlatTexts,
  type Message,
  type MessageCode,
  type MessageEntry,
  type MessageText,
  type MessageValue,
  type PlaceholdersOf,
  type TextArguments,
  type WithoutPluralSuffix,
} from './Message';
export { DIAGNOSES, MESSAGES } from './messages';
export {
  areKnownMessages,
  renderDiagnosis,
  renderMessages,
} from './renderMessages';
