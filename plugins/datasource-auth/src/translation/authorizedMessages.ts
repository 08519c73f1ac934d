/** Texts of the page that the provider's window returns to. */
export const authorizedMessages = {
  working: 'Finishing the authorization…',
  done: 'Authorized. You can close this window.',
  used: 'This link was already used or has expired. Start again from the datasource.',
  return: 'Return to Backstage',
  failed: 'Authorization failed',
} as const;
