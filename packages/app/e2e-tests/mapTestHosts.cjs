/*
 * Loaded first into the Backstage of the browser tests: names under .test are this machine, as they are for the browser
 * (`--host-resolver-rules`). Only so are app, backend and provider three sites: ports alone do not make sites.
 */
const dns = require('node:dns');
const { syncBuiltinESMExports } = require('node:module');

const LOOPBACK = { address: '127.0.0.1', family: 4 };
const isTestName = name => /\.test$/i.test(name);

const { lookup } = dns;
dns.lookup = (hostname, options, callback) => {
  const done = typeof options === 'function' ? options : callback;
  if (!isTestName(hostname)) {
    lookup(hostname, options, callback);
  } else if (options?.all) {
    process.nextTick(done, null, [LOOPBACK]);
  } else {
    process.nextTick(done, null, LOOPBACK.address, LOOPBACK.family);
  }
};

const promised = dns.promises.lookup;
dns.promises.lookup = async (hostname, options) => {
  if (!isTestName(hostname)) return promised(hostname, options);
  return options?.all ? [LOOPBACK] : LOOPBACK;
};

syncBuiltinESMExports();
