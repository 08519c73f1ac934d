/** Why an address isn't called, and what to change. */
export const egressMessages = {
  urlInvalid: "This isn't a URL.",
  enterUrl: 'Enter an absolute URL such as https://example.com/token.',
  schemeForbidden: "The scheme '{{scheme}}' isn't allowed.",
  useHttps: 'Use a URL that starts with https://.',
  hasCredentials: "The URL of '{{host}}' contains a username or password.",
  removeCredentials: 'Remove it.',
  notListed: "'{{host}}' isn't among the hosts that this Backstage may reach.",
  notPublic: "'{{host}}' isn't a public address.",
  notEncrypted: "'{{host}}' would be called without encryption.",
  notPublicAddress:
    "'{{host}}' resolves to {{address}}, which isn't a public address.",
  neverCalled:
    "'{{host}}' resolves to {{address}}, a link-local or metadata address. These are never called.",
  enterPublic: "Enter the provider's public address.",
  addHost:
    "If you trust this host, ask an operator to add '{{host}}' to {{settings}}.",
  addPrivateHost: 'If it has a private address, add it to {{setting}} as well.',
} as const;
