/** Settings of the demo provider's clients, one for each grant, for a datasource of any name. */
export function web(name: string, url: string): any {
  return {
    name,
    title: name,
    baseUrl: `${url}/api`,
    testPath: '/me',
    consumers: '*',
    auth: {
      grantType: 'authorization_code',
      clientId: 'demo-web',
      clientSecret: 'demo-only-web-secret',
      issuer: url,
      authorize: { url: `${url}/authorize`, params: { prompt: 'consent' } },
      token: { url: `${url}/token` },
      revoke: { url: `${url}/revoke` },
      scopes: ['openid', 'offline_access', 'read'],
    },
  };
}

/** Client credentials. */
export function machine(name: string, url: string, consumers: any = '*'): any {
  return {
    name,
    baseUrl: `${url}/api`,
    testPath: '/me',
    consumers,
    auth: {
      grantType: 'client_credentials',
      clientId: 'demo-machine',
      clientSecret: 'demo-only-machine-secret',
      token: { url: `${url}/token` },
      scopes: ['read'],
    },
  };
}

/** Resource owner password. */
export function legacy(name: string, url: string): any {
  return {
    name,
    baseUrl: `${url}/api`,
    testPath: '/me',
    consumers: '*',
    auth: {
      grantType: 'password',
      clientId: 'demo-legacy',
      clientSecret: 'demo-only-legacy-secret',
      username: 'robot',
      password: 'demo-only-robot-password',
      token: { url: `${url}/token` },
      scopes: ['read'],
    },
  };
}
