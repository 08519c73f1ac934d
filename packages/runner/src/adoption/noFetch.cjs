// Loaded into @backstage/create-app: it would take a yarn.lock from GitHub, the newest one and not that of its release.
globalThis.fetch = async () => {
  throw new Error('Nothing but the npm registry is asked.');
};
