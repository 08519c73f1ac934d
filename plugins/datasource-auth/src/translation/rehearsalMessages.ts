/** Texts of the refresh test. */
export const rehearsalMessages = {
  button: 'Test refresh',
  hint: 'Refreshes the stored credential now and shows how the provider responds.',
  running: 'Refreshing…',
  heading: 'Refresh test',
  at: 'Tested {{time}}.',
} as const;
