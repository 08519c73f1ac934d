/** Texts of the fields that choose from a list. */
export const pickerMessages = {
  usersAndGroups: 'Users and groups',
  plugins: {
    search: 'Search or enter a plugin ID',
    help: "The list may be incomplete. Enter the ID of a plugin that isn't listed.",
    failed: "Couldn't load the list of plugins. Enter plugin IDs.",
    list: 'Plugins',
    add: 'Add {{plugin}}',
    notAdded: "{{plugin}} isn't added yet. Select it in the list.",
    invalid: "{{plugin}} isn't a plugin ID. Example: techdocs",
    selected_one: '{{count}} plugin selected',
    selected_other: '{{count}} plugins selected',
  },
  scopes: {
    filter: 'Filter scopes',
    none: 'No scope matches.',
    removed: '{{scope}} removed',
  },
} as const;
