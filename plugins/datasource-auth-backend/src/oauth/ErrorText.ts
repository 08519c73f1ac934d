/** Words for one error: what happened, the likely cause, what to do. */
export interface ErrorText {
  title: string;
  cause: string;
  remedy: string;
  retryable?: boolean;
}
