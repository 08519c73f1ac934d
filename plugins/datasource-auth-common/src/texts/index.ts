export {
  diagnosisTexts,
  message,
  type DiagnosisText,
  type DiagnosisTextCode,
  type DiagnosisTexts,
  type Message,
  type MessageCode,
  type MessageEntry,
  type MessageText,
  type MessageValue,
  type TextArguments,
} from './Message';
export { DIAGNOSES, MESSAGES } from './messages';
export {
  areKnownMessages,
  renderDiagnosis,
  renderMessages,
} from './renderMessages';
