export { announceApproval } from './approvalChannel';
export { openProviderWindow, type ProviderWindow, submitTicket } from './popup';
export { type AttemptWatch, useAttemptWatch } from './useAttemptWatch';
