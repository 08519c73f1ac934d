export {
  diagnosisTexts,
  message,
  type DiagnosisTextCode,
  type DiagnosisTexts,
  type Message,
  type MessageCode,
  type MessageValue,
} from './Message';
export { DIAGNOSES, MESSAGES } from './messages';
export {
  areKnownMessages,
  renderDiagnosis,
  renderMessages,
} from './renderMessages';
