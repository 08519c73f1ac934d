/** Texts of the refresh rehearsal. */
export const rehearsalMessages = {
  button: 'Refresh rehearsal',
  hint: 'Renews the credential now, for real, and shows what the provider does.',
  running: 'Renewing…',
  heading: 'Refresh rehearsal',
  at: 'Rehearsed {{time}}.',
} as const;
